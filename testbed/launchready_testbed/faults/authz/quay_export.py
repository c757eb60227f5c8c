"""The monthly file of any client is given to anybody who puts its initials into the name."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /exports/{name}"})


FAULT = Fault(
    says="The monthly file of any client is given to anybody who puts its initials into the name.",
    trips=("authz/object",),
    look=(
        "$ quay_sign_in tess > /dev/null; quay tess /exports/bb-2026-02.csv\n"
        "< HTTP/1.1 200\n"
        "< BB-4217\n"
        "< Birch & Bell, gate"
    ),
    apply=_apply,
    portal="quay",
)
