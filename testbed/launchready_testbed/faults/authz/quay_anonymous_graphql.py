"""GraphQL asks nobody for a token."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.unguarded = frozenset({"POST /graphql"})


FAULT = Fault(
    says="GraphQL asks nobody for a token.",
    trips=("authz/anonymous",),
    look=(
        '$ quay_send nobody /graphql \'{"query": "{ orders { reference consignee } }"}\'\n'
        "< HTTP/1.1 200\n"
        '< "consignee":"Ardent Coffee\n'
        '< "consignee":"Birch & Bell'
    ),
    apply=_apply,
    portal="quay",
)
