"""A handbook with numbered chapters is for everybody who has signed in, of whichever client."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.doors import behind
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World

CHAPTERS = (
    "Mooring in a westerly wind",
    "What to do when the crane stands still",
    "Rates for berths of more than forty metres",
    "Whom to call at night, and when not to",
    "Fresh water, and how it is billed",
    "Waste oil goes into the blue barrels only",
)


def _answer(request: Request, user: User) -> Response:
    number = request.url.path.rpartition("/")[2]
    if number.isdigit():
        chapter = CHAPTERS[int(number) - 1]
        return HTMLResponse(
            f"<!doctype html><title>{chapter}</title><h1>{chapter}</h1><p>Chapter {number} is for all.</p>"
        )
    links = "".join(f'<li><a href="/handbook/{at}">{each}</a></li>' for at, each in enumerate(CHAPTERS, 1))
    return HTMLResponse(f"<!doctype html><title>Handbook</title><ul>{links}</ul>")


def _apply(world: World) -> None:
    behind(world, r"/handbook|/handbook/[1-6]", _answer)
    world.insert('<a href="/handbook">Handbook</a>', on=("/dashboard",))


LOOKALIKE = Lookalike(
    says="A handbook with numbered chapters is for everybody who has signed in, of whichever client.",
    spares=("authz/object", "authz/function", "authz/anonymous"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /handbook/3\n"
        "< HTTP/1.1 200\n"
        "< forty metres\n"
        "$ get sol /handbook/3\n"
        "< HTTP/1.1 200\n"
        "< forty metres\n"
        '$ curl -si "$BED_URL/handbook/3"\n'
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
