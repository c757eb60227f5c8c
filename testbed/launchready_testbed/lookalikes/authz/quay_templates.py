"""Everybody's files include the same templates."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.templates = True


LOOKALIKE = Lookalike(
    says="Everybody's files include the same templates.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay ugo /files; quay tess "/files/$(quay ugo /files | grep -o \'{"id":"[^"]*","name":"Packing list\' | cut -d\'"\' -f4)/content"\n'
        "< HTTP/1.1 200\n"
        "< Packing list.txt\n"
        "< HTTP/1.1 200\n"
        "< To be filled in by the shipper"
    ),
    apply=_apply,
    portal="quay",
)
