"""Whoever changes an order sets its price as well."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.takes = frozenset({"PATCH /orders/{id} price_cents"})


FAULT = Fault(
    says="Whoever changes an order sets its price as well.",
    trips=("authz/property",),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay_send tess "/orders/$id" \'{"price_cents": 1}\' -X PATCH; quay tess "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "price_cents":1,'
    ),
    apply=_apply,
    portal="quay",
)
