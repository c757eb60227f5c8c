"""A file whose address is its name and a few letters is given to anybody who is signed in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /documents/{name}"})


FAULT = Fault(
    says="A file whose address is its name and a few letters is given to anybody who is signed in.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay tess "/documents/$(quay_first ugo /files address)"\n'
        "< HTTP/1.1 200\n"
        "< Agreed with Birch & Bell"
    ),
    apply=_apply,
    portal="quay",
)
