"""Each of our staff has a page of the day, which administrators read as well."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.doors import behind
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World

DAYS = {1: "Interview the new pilot at ten", 2: "Call the harbour master at nine"}


def _answer(request: Request, user: User) -> Response:
    number = int(request.url.path.split("/")[2])
    if user.role != "admin" and user.id != number:
        return HTMLResponse("<!doctype html><title>Forbidden</title><p>This is not for you.</p>", 403)
    return HTMLResponse(
        f"<!doctype html><title>Day</title><h1>The day</h1><p>{DAYS[number]}, then the mail.</p>"
    )


def _apply(world: World) -> None:
    behind(world, r"/staff/[12]/day", _answer)
    world.insert('<a href="/staff/2/day">The day of Sam</a>', on=("/clients",))
    world.insert('<a href="/staff/1/day">The day of Ada</a>', on=("/users",))


LOOKALIKE = Lookalike(
    says="Each of our staff has a page of the day, which administrators read as well.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in sam > /dev/null; sign_in ada > /dev/null; sign_in nora > /dev/null\n"
        "$ get sam /staff/2/day\n"
        "< Call the harbour master at nine\n"
        "$ get ada /staff/2/day\n"
        "< Call the harbour master at nine\n"
        "$ get sam /staff/1/day\n"
        "< HTTP/1.1 403\n"
        "$ get nora /staff/2/day\n"
        "< HTTP/1.1 403"
    ),
    apply=_apply,
)
