"""A token for the package registry can be read by everybody."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.npmrc",
        f"//npm.pkg.github.com/:_authToken={secret_shapes.github()}\n@harbour:registry=https://npm.pkg.github.com\n",
        "application/octet-stream",
    )


FAULT = Fault(
    says="A token for the package registry can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.npmrc\n< _authToken",
    apply=_apply,
)
