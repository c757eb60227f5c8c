"""HSTS has max-age 0, which tells browsers to forget it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "max-age=0"


FAULT = Fault(
    says="HSTS has max-age 0, which tells browsers to forget it.",
    trips=("https/hsts",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< strict-transport-security: max-age=0\r"),
    apply=_apply,
)
