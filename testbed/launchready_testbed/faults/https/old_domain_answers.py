"""The old domain serves a page of its own instead of leading to the portal."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import OLD_PORTAL, World


def _apply(world: World) -> None:
    world.host(
        OLD_PORTAL,
        secure=world.document("<!doctype html><html lang=en><title>Old portal</title>"),
        declare=False,
    )


FAULT = Fault(
    says="The old domain serves a page of its own instead of leading to the portal.",
    trips=("https/redirect-map",),
    look=("$ curl -si https://old-portal.test:{https}/\n< HTTP/1.1 200 OK\n< <title>Old portal</title>"),
    apply=_apply,
)
