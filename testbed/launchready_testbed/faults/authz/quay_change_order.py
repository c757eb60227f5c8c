"""An order is changed by anybody who knows its identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"PATCH /orders/{id}"})


FAULT = Fault(
    says="An order is changed by anybody who knows its identifier.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /orders id); quay_send tess "/orders/$id" \'{"goods": "Nothing at all"}\' -X PATCH; quay ugo "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "goods":"Nothing at all"'
    ),
    apply=_apply,
    portal="quay",
)
