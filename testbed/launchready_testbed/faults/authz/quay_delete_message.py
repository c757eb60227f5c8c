"""A message is deleted by anybody who knows its identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"DELETE /messages/{id}"})


FAULT = Fault(
    says="A message is deleted by anybody who knows its identifier.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /messages id); quay tess "/messages/$id" -X DELETE; quay ugo "/messages/$id"\n'
        "< HTTP/1.1 204\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
    portal="quay",
)
