"""No answer carries HSTS."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    del world.headers["strict-transport-security"]


FAULT = Fault(
    says="No answer carries HSTS.",
    trips=("https/hsts",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ci ^strict-transport-security\n< 0"),
    apply=_apply,
)
