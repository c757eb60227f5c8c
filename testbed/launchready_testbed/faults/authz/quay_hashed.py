"""A receipt is read by anybody under its code, which is a number in disguise."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /receipts/{code}"})


FAULT = Fault(
    says="A receipt is read by anybody under its code, which is a number in disguise.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay tess "/receipts/$(quay_first ugo /receipts code)"\n'
        "< HTTP/1.1 200\n"
        '< "payer":"Birch & Bell"'
    ),
    apply=_apply,
    portal="quay",
)
