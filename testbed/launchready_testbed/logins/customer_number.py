"""A customer number and a PIN: the first field is for telephone numbers, and no word says user or password."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/in" autocomplete="off"><input type="hidden" name="csrf" value="{csrf}">
<input type="tel" name="nr" inputmode="numeric" placeholder="000 000 000" aria-label="Customer number">
<input type="password" name="pin" inputmode="numeric" placeholder="••••••" aria-label="PIN"><button>→</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "falk", "Falk Fuchs", "700114983"), login="/in", cookie="nr")
    portal.open(*portal.form_login(_FORM, user="nr", word="pin", status=403))


LOGIN = LoginShape(
    says="A customer number and a PIN: the first field is for telephone numbers, and no word says user or password.",
    look=(
        '$ submit falk /in /in --data-urlencode "nr@{secrets}/falk.username" --data-urlencode "pin@{secrets}/falk.password"\n'
        "$ get falk /desk\n"
        "< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
