"""Browsers may guess the type of a file."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    del world.headers["x-content-type-options"]


FAULT = Fault(
    says="Browsers may guess the type of a file.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ci ^x-content-type-options\n< 0"),
    apply=_apply,
)
