"""Lists come in another order each time."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.shuffled = True


LOOKALIKE = Lookalike(
    says="Lists come in another order each time.",
    spares=(
        "authz/object",
        "authz/anonymous",
        "authz/function",
    ),
    look=(
        '$ quay_sign_in tess > /dev/null; for n in $(seq 8); do quay tess /orders | tail -n 1; echo; done | sort -u | grep -c AC- | sed "s/^[2-8]$/more than one order/"\n'
        "< more than one order"
    ),
    apply=_apply,
    portal="quay",
)
