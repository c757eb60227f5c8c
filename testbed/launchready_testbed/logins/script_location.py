"""A right password is answered with a page whose script leads on, and sets a second cookie that the desk wants too."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_ON = """<script nonce="{nonce}">document.cookie = "tab={csrf}; path=/; secure; samesite=lax"; location.replace("/desk");</script>"""


class _TwoCookies(SmallPortal):
    """A member must also bring the cookie that the script set."""

    def member(self, request: Request) -> bool:
        visit = self.visit(request)
        return visit.member and request.cookies.get("tab") == visit.csrf


def _apply(world: World) -> None:
    portal = _TwoCookies(world, guest(world, "hugo", "Hugo Hahn", "hugo"), cookie="both")

    async def on(request: Request) -> Response:
        portal.enter(request)
        return portal.page(request, "One moment", _ON, menu=False)

    portal.open(*portal.form_login(_FORM, status=200, then=on))


LOGIN = LoginShape(
    says="A right password is answered with a page whose script leads on, and sets a second cookie that the desk wants too.",
    look=(
        '$ submit hugo /sign-in /sign-in --data-urlencode "user@{secrets}/hugo.username" --data-urlencode "password@{secrets}/hugo.password" > on; grep -o "location.replace" on\n'
        "$ get hugo /desk\n"
        "$ get hugo /desk -b tab=$(sed -n 's/.*\"tab=\\([^;]*\\);.*/\\1/p' on) -b both=$(awk '$6 == \"both\" { print $7 }' hugo.jar)\n"
        "< location.replace\n< location: /sign-in\n< Crate 7741"
    ),
    apply=_apply,
    browser=True,
)
