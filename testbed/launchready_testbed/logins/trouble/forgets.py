"""The password is right and one is sent to the desk, but the portal has forgotten by then who one is."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


class _Forgets(SmallPortal):
    """Nobody is a member on the next page."""

    def member(self, request: Request) -> bool:
        return False


def _apply(world: World) -> None:
    portal = _Forgets(world, guest(world, "zeno", "Zeno Zorn"))
    portal.open(*portal.form_login(_FORM))


LOGIN = LoginShape(
    says="The password is right and one is sent to the desk, but the portal has forgotten by then who one is.",
    look=(
        '$ submit zeno /sign-in /sign-in --data-urlencode "user@{secrets}/zeno.username" --data-urlencode "password@{secrets}/zeno.password"\n'
        "$ get zeno /desk\n"
        "< location: /desk\n< location: /sign-in"
    ),
    apply=_apply,
    reason="no-proof",
)
