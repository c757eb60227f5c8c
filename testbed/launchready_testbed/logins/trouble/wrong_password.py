"""The portal file has another password than the portal."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "mira", "Mira Moss", declares="of last year"))
    portal.open(*portal.form_login(_FORM))


LOGIN = LoginShape(
    says="The portal file has another password than the portal.",
    look=(
        '$ submit mira /sign-in /sign-in --data-urlencode "user@{secrets}/mira.username" --data-urlencode "password@{secrets}/mira.password"\n'
        "< 401 \n< User name or password is wrong."
    ),
    apply=_apply,
    reason="wrong-credentials",
)
