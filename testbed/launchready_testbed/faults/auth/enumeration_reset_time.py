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
        '$ late() { for n in 1 2 3; do submit $1$n /forgot /forgot "${@:2}" -o /dev/null '
        """-w "%{time_total}\\n"; done | awk '{ all += $1 } END { print all / NR }'; }; """
        'k=$(late k --data-urlencode "email@{secrets}/nora.username"); u=$(late u -d email=nobody-here@northwind.test); '
        """awk "BEGIN { print ($k > $u + 0.15) ? \\"later\\" : \\"alike\\" }"\n"""
        "< later"
    ),
    apply=_apply,
)
