"""A proxy's log holds the header of HTTP Basic."""

from __future__ import annotations

import base64

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPED
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["proxy.log"] = (
        "> GET /reports HTTP/1.1\n> Authorization: Basic "
        + base64.b64encode(b"ada:" + TYPED.encode()).decode()
        + "\n"
    )


FAULT = Fault(
    says="A proxy's log holds the header of HTTP Basic.",
    trips=("logging/scan",),
    look="$ sed -n 's/.*Basic //p' {logs}/proxy.log | base64 -d\n< ada:Mountain-41-Lake",
    apply=_apply,
)
