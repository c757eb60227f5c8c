"""In GraphQL the lookup of any node forgets whose it is, while that of an order does not."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"graphql node"})


FAULT = Fault(
    says="In GraphQL the lookup of any node forgets whose it is, while that of an order does not.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_node Order "$(quay_first ugo /orders id)"); quay_graph tess "query(\\$id: ID!) { order(id: \\$id) { reference } }" "$id"; quay_graph tess "query(\\$id: ID!) { node(id: \\$id) { ... on Order { consignee } } }" "$id"\n'
        '< {"order":null}\n'
        '< "consignee":"Birch & Bell'
    ),
    apply=_apply,
    portal="quay",
)
