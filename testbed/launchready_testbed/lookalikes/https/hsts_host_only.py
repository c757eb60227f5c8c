"""HSTS covers the host alone."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=31536000"


LOOKALIKE = Lookalike(
    says="HSTS covers the host alone.",
    spares=("https/hsts",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< strict-transport-security: max-age=31536000\r"),
    apply=_apply,
)
