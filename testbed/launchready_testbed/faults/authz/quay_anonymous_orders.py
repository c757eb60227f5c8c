"""The list of orders is there for strangers."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.unguarded = frozenset({"GET /orders"})


FAULT = Fault(
    says="The list of orders is there for strangers.",
    trips=("authz/anonymous",),
    look=('$ quay nobody /orders\n< HTTP/1.1 200\n< "reference":"AC-\n< "reference":"BB-'),
    apply=_apply,
    portal="quay",
)
