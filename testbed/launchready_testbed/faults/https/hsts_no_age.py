"""HSTS has no max-age, so browsers ignore it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "includeSubDomains; preload"


FAULT = Fault(
    says="HSTS has no max-age, so browsers ignore it.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: includeSubDomains; preload\r"
    ),
    apply=_apply,
)
