"""X-Content-Type-Options is written in capitals, which means the same."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["x-content-type-options"] = "NoSniff"


LOOKALIKE = Lookalike(
    says="X-Content-Type-Options is written in capitals, which means the same.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< x-content-type-options: NoSniff"),
    apply=_apply,
)
