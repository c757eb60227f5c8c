"""In GraphQL an order is changed without looking whose it is."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"graphql updateOrder"})


FAULT = Fault(
    says="In GraphQL an order is changed without looking whose it is.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /orders id); quay_graph tess "mutation(\\$id: ID!) { updateOrder(id: \\$id, goods: \\\\\\"Nothing at all\\\\\\") { goods } }" "$(quay_node Order "$id")"; quay ugo "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "goods":"Nothing at all"'
    ),
    apply=_apply,
    portal="quay",
)
