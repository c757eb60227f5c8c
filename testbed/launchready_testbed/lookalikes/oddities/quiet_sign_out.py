"""Two links end the session, and neither their addresses nor their words tell."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.fault import Lookalike
from launchready_testbed.guests import guest
from launchready_testbed.small_portal import Endpoint, SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user" autocomplete="username" required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button></form>"""
_ROOMS = (
    "attic",
    "barn",
    "cellar",
    "dock",
    "garage",
    "hall",
    "hush",
    "kitchen",
    "loft",
    "office",
    "still",
    "yard",
)


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "mira", "Mira Moss"))
    links = " ".join(f'<a href="/{room}">{room.title()}</a>' for room in _ROOMS)

    def room(name: str) -> Endpoint:
        async def serve(request: Request) -> Response:
            if name in ("hush", "still"):
                portal.visit(request).member = False
            answer = portal.page(request, name.title(), f"<p>Mira Moss is in the {name}.</p>{links}")
            if name == "hush":
                answer.delete_cookie(portal.cookie, path="/", secure=True, httponly=True, samesite="lax")
            return answer

        return portal.behind(serve)

    portal.open(
        *portal.form_login(_FORM),
        Route("/desk", room("desk")),
        *(Route(f"/{name}", room(name)) for name in _ROOMS),
    )


LOOKALIKE = Lookalike(
    says="Two links end the session, one with its cookie and one without, and no word tells.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=(
        "$ get mira /hush\n"
        '$ submit mira /sign-in /sign-in --data-urlencode "user@{secrets}/mira.username" --data-urlencode "password@{secrets}/mira.password"\n'
        "$ get mira /barn\n"
        "$ get mira /hush\n"
        "$ get mira /barn\n"
        "< 303 \n< in the barn\n< in the hush\n< 303 "
    ),
    apply=_apply,
)
