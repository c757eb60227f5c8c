"""HSTS has a directive that nobody knows; it is ignored."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=31536000; includeSubDomains; report=full"


LOOKALIKE = Lookalike(
    says="HSTS has a directive that nobody knows; it is ignored.",
    spares=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: max-age=31536000; includeSubDomains; report=full\r"
    ),
    apply=_apply,
)
