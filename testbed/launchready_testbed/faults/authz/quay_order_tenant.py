"""Whoever changes an order can give it to another client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.takes = frozenset({"PATCH /orders/{id} tenant"})


FAULT = Fault(
    says="Whoever changes an order can give it to another client.",
    trips=("authz/property",),
    look=(
        '$ quay_both; id=$(quay_first tess /orders id); quay_send tess "/orders/$id" "{\\"tenant\\": \\"$(quay_first ugo /me tenant)\\"}" -X PATCH; quay ugo "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "reference":"AC-'
    ),
    apply=_apply,
    portal="quay",
)
