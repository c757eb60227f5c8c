"""An order is found by anybody under its reference, the initials of a client and a number."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /references/{reference}"})


FAULT = Fault(
    says="An order is found by anybody under its reference, the initials of a client and a number.",
    trips=("authz/object",),
    look=(
        "$ quay_sign_in tess > /dev/null; quay tess /references/BB-4217\n"
        "< HTTP/1.1 200\n"
        '< "consignee":"Birch & Bell'
    ),
    apply=_apply,
    portal="quay",
)
