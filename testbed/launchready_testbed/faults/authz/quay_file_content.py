"""The content of a file is given to anybody, while what is said about it is kept."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /files/{id}/content"})


FAULT = Fault(
    says="The content of a file is given to anybody, while what is said about it is kept.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /files id); quay tess "/files/$id"; quay tess "/files/$id/content"\n'
        "< HTTP/1.1 404\n"
        "< HTTP/1.1 200\n"
        "< Agreed with Birch & Bell"
    ),
    apply=_apply,
    portal="quay",
)
