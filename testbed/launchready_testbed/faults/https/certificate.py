"""The certificate has expired."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import CERTIFIED, World


def _apply(world: World) -> None:
    expired = world.lab.authority.certificate(*CERTIFIED, days_ago=92, days_left=-2)
    world.tls = world.lab.authority.context(expired)


FAULT = Fault(
    says="The certificate has expired.",
    trips=("https/certificate",),
    look=("$ curl -sSI https://portal.lab.test:{https}/ 2>&1\n< certificate has expired"),
    apply=_apply,
)
