"""An order is read by anybody who knows its unguessable identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /orders/{id}"})


FAULT = Fault(
    says="An order is read by anybody who knows its unguessable identifier.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay tess "/orders/$(quay_first ugo /orders id)"\n< HTTP/1.1 200\n< "reference":"BB-'
    ),
    apply=_apply,
    portal="quay",
)
