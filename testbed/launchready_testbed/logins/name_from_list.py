"""One chooses one's name from a list and types the password; there is no field for a user name."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/till"><input type="hidden" name="csrf" value="{csrf}">
<label>Who <select name="who"><option value="">Choose</option><option value="finn">Finn F.</option><option value="greta">Greta G.</option>
</select></label><label>Password <input type="password" name="password"></label><button>Open the till</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "greta", "Greta Gold", "greta"), login="/till", cookie="till")
    portal.open(*portal.form_login(_FORM, user="who"))


LOGIN = LoginShape(
    says="One chooses one's name from a list and types the password; there is no field for a user name.",
    look=(
        '$ submit greta /till /till --data-urlencode "who@{secrets}/greta.username" --data-urlencode "password@{secrets}/greta.password"\n'
        "$ get greta /desk\n"
        "< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
