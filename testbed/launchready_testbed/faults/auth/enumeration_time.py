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
        '$ for n in 1 2 3; do submit k$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong -o /dev/null -w "%{time_total}\\n"; done | awk \'{ all += $1 } END { print (all / NR > .12) ? "late" : "soon" }\'\n'
        "< late\n"
        '$ for n in 1 2 3; do submit u$n /login /login -d email=nobody-here@northwind.test -d password=wrong -o /dev/null -w "%{time_total}\\n"; done | awk \'{ all += $1 } END { print (all / NR > .12) ? "late" : "soon" }\'\n'
        "< soon"
    ),
    apply=_apply,
)
