"""In GraphQL an order is looked up without looking whose it is."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"graphql order"})


FAULT = Fault(
    says="In GraphQL an order is looked up without looking whose it is.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay_graph tess "query(\\$id: ID!) { order(id: \\$id) { reference consignee } }" "$(quay_node Order "$(quay_first ugo /orders id)")"\n'
        "< HTTP/1.1 200\n"
        '< "consignee":"Birch & Bell'
    ),
    apply=_apply,
    portal="quay",
)
