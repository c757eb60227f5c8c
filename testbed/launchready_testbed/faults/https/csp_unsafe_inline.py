"""The policy lets inline scripts run."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["script-src"] = "'self' 'unsafe-inline'"


FAULT = Fault(
    says="The policy lets inline scripts run.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< script-src 'self' 'unsafe-inline'"
    ),
    apply=_apply,
)
