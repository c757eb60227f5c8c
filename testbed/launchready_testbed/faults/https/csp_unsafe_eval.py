"""The policy lets text be run as script."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["script-src"] += " 'unsafe-eval'"


FAULT = Fault(
    says="The policy lets text be run as script.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n< 'unsafe-eval'"),
    apply=_apply,
)
