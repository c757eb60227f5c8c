"""The password is right but too old: before a new one is chosen, every page leads to the page that asks for it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_NEW = """<p role="alert">Your password has expired. Choose a new one to go on.</p><form method="post" action="/password"><input type="hidden"
name="csrf" value="{csrf}"><label>Old password <input type="password" name="old" autocomplete="current-password"></label>
<label>New password <input type="password" name="new" autocomplete="new-password"></label><label>Once more <input type="password" name="again"
autocomplete="new-password"></label><button>Change password</button></form>"""


class _Expired(SmallPortal):
    """Nobody is a member before they have changed their password."""

    def member(self, request: Request) -> bool:
        return False


def _apply(world: World) -> None:
    portal = _Expired(world, guest(world, "xenia", "Xenia Xant"))
    changed: list[str] = []

    async def on(request: Request) -> Response:
        portal.visit(request).notes["must"] = "change"
        return portal.go(request, "/password")

    async def ask(request: Request) -> Response:
        if "must" not in portal.visit(request).notes:
            return portal.go(request, "/sign-in")
        return portal.page(
            request, "A new password", _NEW + f"<p>Changed {len(changed)} times</p>", menu=False
        )

    async def change(request: Request) -> Response:
        changed.append("once")
        return portal.go(request, "/password")

    async def lead(request: Request) -> Response:
        must = "must" in portal.visit(request).notes
        return portal.go(request, "/password" if must else "/sign-in")

    password_routes = Route("/password", ask), Route("/password", change, methods=["POST"])
    portal.open(*portal.form_login(_FORM, then=on), *password_routes, refuse=lead)


LOGIN = LoginShape(
    says="The password is right but too old: before a new one is chosen, every page leads to the page that asks for it.",
    look=(
        '$ submit xenia /sign-in /sign-in --data-urlencode "user@{secrets}/xenia.username" --data-urlencode "password@{secrets}/xenia.password"\n'
        "$ get xenia /desk\n"
        "$ get xenia /password\n"
        "< location: /password\n< location: /password\n< Your password has expired\n< Changed 0 times"
    ),
    apply=_apply,
    private="/password",
    shows="Changed 0 times",
    reason="password-expired",
)
