"""The interface answers three shared notices at random out of many, others each time, and each by its number."""

from __future__ import annotations

import random

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from launchready_testbed.doors import behind
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World

NOTICES = 40


def _notice(number: int) -> dict[str, object]:
    return {
        "id": number,
        "title": f"Harbour notice number {number}",
        "body": f"Buoy {number * 37} has moved to the north.",
    }


def _answer(request: Request, user: User) -> Response:
    asked = request.url.path.rpartition("/")[2]
    if not asked.isdigit():
        chosen = random.sample(range(1, NOTICES + 1), 3)
        return JSONResponse({"items": [_notice(each) for each in chosen]})
    number = int(asked)
    if not 1 <= number <= NOTICES:
        return JSONResponse({"error": "There is no such notice."}, 404)
    return JSONResponse(_notice(number))


def _apply(world: World) -> None:
    behind(world, r"/api/v1/notices|/api/v1/notices/\d{1,2}", _answer)
    world.insert('<a href="/api/v1/notices">Notices</a>', on=("/dashboard", "/tickets"))


LOOKALIKE = Lookalike(
    says="The interface answers three shared notices at random out of many, others each time, and each by its number.",
    spares=("authz/object", "authz/function", "authz/anonymous"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/notices\n"
        "< HTTP/1.1 200\n"
        "< notice\n"
        "$ get nora /api/v1/notices/4\n"
        "< number 4\n"
        "$ get sol /api/v1/notices/4\n"
        "< number 4"
    ),
    apply=_apply,
)
