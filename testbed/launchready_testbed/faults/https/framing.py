"""Any page may show the portal in a frame."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    del world.headers["x-frame-options"]
    del world.csp["frame-ancestors"]


FAULT = Fault(
    says="Any page may show the portal in a frame.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ciE 'x-frame-options|frame-ancestors'\n< 0"),
    apply=_apply,
)
