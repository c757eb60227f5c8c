"""In GraphQL the way from an order over its ship leads to what other clients have on board."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"graphql vessel.shipments"})


FAULT = Fault(
    says="In GraphQL the way from an order over its ship leads to what other clients have on board.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay_graph tess "query(\\$id: ID!) { order(id: \\$id) { shipments { vessel { shipments { order { consignee } } } } } }" "$(quay_node Order "$(quay_first tess /orders id)")"\n'
        "< HTTP/1.1 200\n"
        '< "consignee":"Birch & Bell'
    ),
    apply=_apply,
    portal="quay",
)
