"""A message is read by anybody who knows its identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /messages/{id}"})


FAULT = Fault(
    says="A message is read by anybody who knows its identifier.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay tess "/messages/$(quay_first ugo /messages id)"\n'
        "< HTTP/1.1 200\n"
        "< Birch & Bell: when will"
    ),
    apply=_apply,
    portal="quay",
)
