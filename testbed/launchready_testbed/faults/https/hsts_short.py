"""HSTS lasts for a day only."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=86400; includeSubDomains"


FAULT = Fault(
    says="HSTS lasts for a day only.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: max-age=86400; includeSubDomains\r"
    ),
    apply=_apply,
)
