"""The list of orders believes whatever client its filter names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /orders"})


FAULT = Fault(
    says="The list of orders believes whatever client its filter names.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay tess "/orders?tenant=$(quay_first ugo /me tenant)"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"BB-'
    ),
    apply=_apply,
    portal="quay",
)
