"""The policy lets scripts come from data addresses, which anybody can write into a page."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["script-src"] += " data:"


FAULT = Fault(
    says=("The policy lets scripts come from data addresses, which anybody can write into a page."),
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n< data:; style-src"
    ),
    apply=_apply,
)
