"""Deleting answers 204 also where there is nothing that the caller may delete, and nothing is deleted."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.deletes_silently = True


LOOKALIKE = Lookalike(
    says="Deleting answers 204 also where there is nothing that the caller may delete, and nothing is deleted.",
    spares=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /messages id); quay tess "/messages/$id" -X DELETE; quay ugo "/messages/$id"\n'
        "< HTTP/1.1 204\n"
        "< HTTP/1.1 200\n"
        "< Birch & Bell: when will"
    ),
    apply=_apply,
    portal="quay",
)
