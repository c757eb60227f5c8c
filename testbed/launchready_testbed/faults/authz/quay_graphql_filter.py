"""In GraphQL the list of orders believes whatever client its filter names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"graphql orders"})


FAULT = Fault(
    says="In GraphQL the list of orders believes whatever client its filter names.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay_graph tess "query(\\$id: ID) { orders(tenant: \\$id) { reference } }" "$(quay_first ugo /me tenant)"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"BB-'
    ),
    apply=_apply,
    portal="quay",
)
