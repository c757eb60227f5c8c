"""The old domain answers that there is no such page."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import OLD_PORTAL, World, nothing_here


def _apply(world: World) -> None:
    world.host(OLD_PORTAL, secure=nothing_here, declare=False)


FAULT = Fault(
    says="The old domain answers that there is no such page.",
    trips=("https/redirect-map",),
    look=("$ curl -sI https://old-portal.test:{https}/\n< HTTP/1.1 404"),
    apply=_apply,
)
