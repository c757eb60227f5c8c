"""The portal may be framed by itself."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["x-frame-options"] = "sameorigin"
    world.csp["frame-ancestors"] = "'self'"


LOOKALIKE = Lookalike(
    says="The portal may be framed by itself.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< x-frame-options: sameorigin"),
    apply=_apply,
)
