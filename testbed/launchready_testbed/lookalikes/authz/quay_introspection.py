"""Strangers read the schema of the GraphQL endpoint, and no records."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.introspection_for_all = True


LOOKALIKE = Lookalike(
    says="Strangers read the schema of the GraphQL endpoint, and no records.",
    spares=("authz/anonymous",),
    look=(
        '$ quay_send nobody /graphql \'{"query": "{ __schema { types { name } } }"}\'; quay_send nobody /graphql \'{"query": "{ orders { reference } }"}\'\n'
        "< HTTP/1.1 200\n"
        '< {"name":"Order"}\n'
        "< HTTP/1.1 401"
    ),
    apply=_apply,
    portal="quay",
)
