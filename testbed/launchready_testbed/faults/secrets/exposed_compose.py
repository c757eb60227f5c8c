"""The file that puts the servers together is served."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/docker-compose.yml",
        "services:\n  portal:\n    image: harbour/portal:4\n  db:\n    image: postgres:16\n",
        "text/yaml",
    )


FAULT = Fault(
    says="The file that puts the servers together is served.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/docker-compose.yml\n< services:",
    apply=_apply,
)
