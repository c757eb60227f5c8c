"""A page with a form for user name and password, and a hidden token: what most portals have."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user" autocomplete="username" required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button> <a href="/about">Forgot it?</a></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "mira", "Mira Moss"))
    portal.open(*portal.form_login(_FORM))


LOGIN = LoginShape(
    says="A page with a form for user name and password, and a hidden token.",
    look=(
        "$ get mira /desk\n"
        '$ submit mira /sign-in /sign-in --data-urlencode "user@{secrets}/mira.username" --data-urlencode "password@{secrets}/mira.password"\n'
        "$ get mira /desk\n"
        "< 303 \n< 303 \n< Crate 7741"
    ),
    apply=_apply,
)
