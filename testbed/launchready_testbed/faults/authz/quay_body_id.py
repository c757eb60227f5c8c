"""An order whose identifier stands in the body of the request is read by anybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"POST /orders/get"})


FAULT = Fault(
    says="An order whose identifier stands in the body of the request is read by anybody.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay_send tess /orders/get "{\\"id\\": \\"$(quay_first ugo /orders id)\\"}"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"BB-'
    ),
    apply=_apply,
    portal="quay",
)
