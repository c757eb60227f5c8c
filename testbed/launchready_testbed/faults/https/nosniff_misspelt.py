"""X-Content-Type-Options is misspelt, so browsers ignore it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["x-content-type-options"] = "no-sniff"


FAULT = Fault(
    says="X-Content-Type-Options is misspelt, so browsers ignore it.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< x-content-type-options: no-sniff"),
    apply=_apply,
)
