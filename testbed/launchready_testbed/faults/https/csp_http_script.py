"""The policy lets scripts come over plain http."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["script-src"] += " http://cdn.example.test"


FAULT = Fault(
    says="The policy lets scripts come over plain http.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< http://cdn.example.test"
    ),
    apply=_apply,
)
