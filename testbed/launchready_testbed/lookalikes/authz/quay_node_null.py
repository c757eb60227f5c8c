"""A node of another client is null in GraphQL, as one that does not exist."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.node_null = True


LOOKALIKE = Lookalike(
    says="A node of another client is null in GraphQL, as one that does not exist.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay_graph tess "query(\\$id: ID!) { node(id: \\$id) { id } }" "$(quay_node Order "$(quay_first ugo /orders id)")"\n'
        "< HTTP/1.1 200\n"
        '< {"data":{"node":null}}'
    ),
    apply=_apply,
    portal="quay",
)
