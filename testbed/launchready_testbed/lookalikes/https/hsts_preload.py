"""HSTS asks to be preloaded."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=63072000; includeSubDomains; preload"


LOOKALIKE = Lookalike(
    says="HSTS asks to be preloaded.",
    spares=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: max-age=63072000; includeSubDomains; preload\r"
    ),
    apply=_apply,
)
