"""The form asks for the organisation too, in a list in which the wrong one comes first."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>Organisation <select name="org"><option value="3">Alder Mills</option><option value="8">Birchwood</option>
<option value="12">Cedar Yard</option></select></label>
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    member = guest(world, "yuri", "Yuri York", "yuri", tenant="Birchwood")
    portal = SmallPortal(world, member, cookie="org")
    portal.open(*portal.form_login(_FORM, needs={"org": "8"}))


LOGIN = LoginShape(
    says="The form asks for the organisation too, in a list in which the wrong one comes first.",
    look=(
        '$ submit yuri /sign-in /sign-in -d org=8 --data-urlencode "user@{secrets}/yuri.username" --data-urlencode "password@{secrets}/yuri.password"\n'
        "$ get yuri /desk\n"
        "< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
