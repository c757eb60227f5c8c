"""A query that cannot be read is answered with the trace, in GraphQL's own form of errors."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.graphql_shows_traces = True


FAULT = Fault(
    says="A query that cannot be read is answered with the trace, in GraphQL's own form of errors.",
    trips=("deploy/error-pages",),
    look='$ quay_both; quay_graph tess "{ nothing"\n< HTTP/1.1 200\n< "stacktrace"\n< language/parser.py',
    apply=_apply,
    portal="quay",
)
