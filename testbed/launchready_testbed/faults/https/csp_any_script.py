"""The policy lets scripts come from any host."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["script-src"] = "https:"


FAULT = Fault(
    says="The policy lets scripts come from any host.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n< script-src https:;"
    ),
    apply=_apply,
)
