"""The plain http port is closed."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.plain_open = False


LOOKALIKE = Lookalike(
    says="The plain http port is closed.",
    spares=("https/redirects", "https/redirect-map"),
    look=("$ curl -sS http://portal.lab.test:{http}/ 2>&1\n< Failed to connect"),
    apply=_apply,
)
