"""Asking for a new password takes as long as writing the letter does, if there is one to write."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_tells_accounts = "time"


FAULT = Fault(
    says="Asking for a new password takes as long as writing the letter does, if there is one to write.",
    trips=("auth/enumeration",),
    look=(
        '$ for n in 1 2 3; do submit k$n /forgot /forgot --data-urlencode "email@{secrets}/nora.username" -o /dev/null -w "%{time_total}\\n"; done | awk \'{ all += $1 } END { print (all / NR > .12) ? "late" : "soon" }\'\n'
        "< late\n"
        '$ for n in 1 2 3; do submit u$n /forgot /forgot -d email=nobody-here@northwind.test -o /dev/null -w "%{time_total}\\n"; done | awk \'{ all += $1 } END { print (all / NR > .12) ? "late" : "soon" }\'\n'
        "< soon"
    ),
    apply=_apply,
)
