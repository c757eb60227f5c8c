"""HSTS is written with a colon, so browsers ignore it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age: 31536000; includeSubDomains"


FAULT = Fault(
    says="HSTS is written with a colon, so browsers ignore it.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: max-age: 31536000; includeSubDomains\r"
    ),
    apply=_apply,
)
