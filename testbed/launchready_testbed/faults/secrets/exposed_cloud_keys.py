"""The keys of the cloud account lie in the folder that is served."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.aws/credentials",
        f"[default]\naws_access_key_id = {secret_shapes.aws_id()}\naws_secret_access_key = {secret_shapes.aws_secret()}\n",
        "application/octet-stream",
    )


FAULT = Fault(
    says="The keys of the cloud account lie in the folder that is served.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.aws/credentials\n< [default]",
    apply=_apply,
)
