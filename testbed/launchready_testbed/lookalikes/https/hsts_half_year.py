"""HSTS lasts for 180 days exactly."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=15552000"


LOOKALIKE = Lookalike(
    says="HSTS lasts for 180 days exactly.",
    spares=("https/hsts",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< strict-transport-security: max-age=15552000\r"),
    apply=_apply,
)
