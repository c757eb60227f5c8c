"""Two steps; the second has a hidden name for password managers, and a trap that people do not see and must not fill in."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FIRST = """<form action="/sign-in/password"><label>User name <input name="u" autocomplete="username"></label><button>Next</button></form>"""
_SECOND = """{problem}<form method="post" action="/sign-in/password"><input type="hidden" name="csrf" value="{csrf}">
<style nonce="{nonce}">.far { position: absolute; left: -9999px; }</style><div class="far" aria-hidden="true"><input type="text" name="email" tabindex="-1" autocomplete="off"></div>
<input type="text" name="u" value="{name}" autocomplete="username" readonly hidden>
<label>Password <input type="password" name="p" autocomplete="current-password"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "kurt", "Kurt Kern", "kurt.kern"), cookie="manager")

    def second(request: Request, name: str, problem: str = "", status: int = 200) -> Response:
        body = _SECOND.replace("{problem}", problem).replace("{name}", escape(name))
        return portal.page(request, "Password", body, status=status)

    async def first(request: Request) -> Response:
        return portal.page(request, "Sign in", _FIRST)

    async def show(request: Request) -> Response:
        name = request.query_params.get("u", "")
        return second(request, name) if name else portal.go(request, "/sign-in")

    async def take(request: Request) -> Response:
        sent = await request.form()
        name, trap = str(sent.get("u", "")), str(sent.get("email", ""))
        right = portal.guest.is_right(name, str(sent.get("p", ""))) and not trap
        if not (right and same(str(sent.get("csrf", "")), portal.visit(request).csrf)):
            return second(request, name, '<p role="alert">That did not match.</p>', 400)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(
        Route("/sign-in", first),
        Route("/sign-in/password", show),
        Route("/sign-in/password", take, methods=["POST"]),
    )


LOGIN = LoginShape(
    says="Two steps; the second has a hidden name for password managers, and a trap that people do not see and must not fill in.",
    look=(
        "$ submit kurt /sign-in/password?u=$(cat {secrets}/kurt.username) /sign-in/password"
        ' --data-urlencode "u@{secrets}/kurt.username" --data-urlencode "p@{secrets}/kurt.password" -d email=a\n'
        "$ submit kurt /sign-in/password?u=$(cat {secrets}/kurt.username) /sign-in/password"
        ' --data-urlencode "u@{secrets}/kurt.username" --data-urlencode "p@{secrets}/kurt.password" -d email=\n'
        "$ get kurt /desk\n"
        "< 400 \n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
