"""The web server's private key can be downloaded."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/server.key", secret_shapes.private_key(), "application/octet-stream")


FAULT = Fault(
    says="The web server's private key can be downloaded.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/server.key\n< BEGIN",
    apply=_apply,
)
