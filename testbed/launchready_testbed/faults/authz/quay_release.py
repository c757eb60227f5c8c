"""An operation that the description of the interface keeps for admins is performed for clients."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.any_role = frozenset({"POST /orders/{id}/release"})


FAULT = Fault(
    says="An operation that the description of the interface keeps for admins is performed for clients.",
    trips=("authz/function",),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay tess "/orders/$id/release" -X POST; quay tess "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "status":"released"'
    ),
    apply=_apply,
    portal="quay",
)
