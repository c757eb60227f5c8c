"""The pages show the button that closes an order to the house only, and the interface closes it for clients too."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.any_role = frozenset({"POST /orders/{id}/close"})


FAULT = Fault(
    says="The pages show the button that closes an order to the house only, and the interface closes it for clients too.",
    trips=("authz/frontend-only",),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay tess "/orders/$id/close" -X POST; quay tess "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "status":"closed"'
    ),
    apply=_apply,
    portal="quay",
)
