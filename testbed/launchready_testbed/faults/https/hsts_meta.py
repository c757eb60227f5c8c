"""HSTS stands in a meta element only, where browsers ignore it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    value = world.headers.pop("strict-transport-security")
    world.insert_everywhere(f'<meta http-equiv="Strict-Transport-Security" content="{value}">', place="head")


FAULT = Fault(
    says="HSTS stands in a meta element only, where browsers ignore it.",
    trips=("https/hsts",),
    look=('$ curl -si https://portal.lab.test:{https}/\n< <meta http-equiv="Strict-Transport-Security"'),
    apply=_apply,
)
