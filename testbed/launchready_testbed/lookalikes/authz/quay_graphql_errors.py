"""GraphQL answers 200, and says in its errors that there is no such order for the caller."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.graphql_says_why = True


LOOKALIKE = Lookalike(
    says="GraphQL answers 200, and says in its errors that there is no such order for the caller.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay_graph tess "query(\\$id: ID!) { order(id: \\$id) { reference consignee } }" "$(quay_node Order "$(quay_first ugo /orders id)")"\n'
        "< HTTP/1.1 200\n"
        '< {"order":null}\n'
        "< There is no such order."
    ),
    apply=_apply,
    portal="quay",
)
