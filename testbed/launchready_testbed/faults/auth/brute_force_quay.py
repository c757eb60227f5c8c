"""The interface takes any number of wrong passwords."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.limiter = False


FAULT = Fault(
    says="The interface takes any number of wrong passwords.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 30); do curl -si "$BED_QUAY/api/v2/auth/login" -H "content-type: application/json" -d "{\\"email\\":\\"$(cat {secrets}/rosa.username)\\",\\"password\\":\\"wrong-$n\\"}" | head -n 1; done | sort | uniq -c\n'
        "< 30 HTTP/1.1 401"
    ),
    apply=_apply,
    portal="quay",
)
