"""HSTS names max-age twice, which makes it invalid."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=31536000; max-age=31536000"


FAULT = Fault(
    says="HSTS names max-age twice, which makes it invalid.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: max-age=31536000; max-age=31536000\r"
    ),
    apply=_apply,
)
