"""X-Frame-Options has a word that no browser knows, and nothing else forbids frames."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["x-frame-options"] = "ALLOWALL"
    del world.csp["frame-ancestors"]


FAULT = Fault(
    says=("X-Frame-Options has a word that no browser knows, and nothing else forbids frames."),
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< x-frame-options: ALLOWALL"),
    apply=_apply,
)
