"""The monthly file of another client has a head and no rows."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.empty_exports = True


LOOKALIKE = Lookalike(
    says="The monthly file of another client has a head and no rows.",
    spares=("authz/object",),
    look=(
        "$ quay_sign_in tess > /dev/null; quay tess /exports/bb-2026-02.csv\n"
        "< HTTP/1.1 200\n"
        "< reference,goods"
    ),
    apply=_apply,
    portal="quay",
)
