"""A page called console is the portal's own, and needs signing in."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/console", "<!doctype html><html><title>Console</title><p>Log in to see your servers.</p></html>"
    )


LOOKALIKE = Lookalike(
    says="A page called console is the portal's own, and needs signing in.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/console\n< Log in to see",
    apply=_apply,
)
