"""A page called server status says in words that all is well."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/server-status",
        "<!doctype html><html><title>Server status</title><h1>All servers are well</h1></html>",
    )


LOOKALIKE = Lookalike(
    says="A page called server status says in words that all is well.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/server-status\n< All servers are well",
    apply=_apply,
)
