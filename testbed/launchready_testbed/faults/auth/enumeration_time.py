"""A wrong password for an account takes longer than one for nobody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_tells_accounts = "time"


FAULT = Fault(
    says="A wrong password for an account takes longer than one for nobody.",
    trips=("auth/enumeration",),
    look=(
        '$ late() { for n in 1 2 3; do submit $1$n /login /login "${@:2}" -d password=wrong -o /dev/null '
        """-w "%{time_total}\\n"; done | awk '{ all += $1 } END { print all / NR }'; }; """
        'k=$(late k --data-urlencode "email@{secrets}/nora.username"); u=$(late u -d email=nobody-here@northwind.test); '
        """awk "BEGIN { print ($k > $u + 0.15) ? \\"later\\" : \\"alike\\" }"\n"""
        "< later"
    ),
    apply=_apply,
)
