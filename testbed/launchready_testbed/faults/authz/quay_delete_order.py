"""An order is cancelled by anybody who knows its identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"DELETE /orders/{id}"})


FAULT = Fault(
    says="An order is cancelled by anybody who knows its identifier.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /orders id); quay tess "/orders/$id" -X DELETE; quay ugo "/orders/$id"\n'
        "< HTTP/1.1 204\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
    portal="quay",
)
