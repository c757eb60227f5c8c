"""Wrong passwords are not limited at all."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = []


FAULT = Fault(
    says="Wrong passwords are not limited at all.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 30); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 30 HTTP/1.1 401\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
