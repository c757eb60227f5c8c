"""The referrer policy is a word that nobody knows."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["referrer-policy"] = "strict"


FAULT = Fault(
    says="The referrer policy is a word that nobody knows.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< referrer-policy: strict\r"),
    apply=_apply,
)
