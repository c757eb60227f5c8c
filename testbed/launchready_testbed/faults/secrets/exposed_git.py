"""The version history of the source code can be read by everybody."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/.git/HEAD", "ref: refs/heads/main\n", "application/octet-stream")
    config = f'[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = https://bot:{secret_shapes.github()}@github.com/harbour/portal.git\n'
    world.page("/.git/config", config, "application/octet-stream")


FAULT = Fault(
    says="The version history of the source code can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.git/HEAD\n< ref: refs/heads/main\n$ curl -s https://portal.lab.test:{https}/.git/config\n< [remote",
    apply=_apply,
)
