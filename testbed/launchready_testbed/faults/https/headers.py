"""No page has a Content Security Policy."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp.clear()


FAULT = Fault(
    says="No page has a Content Security Policy.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ci ^content-security-policy\n< 0"),
    apply=_apply,
)
