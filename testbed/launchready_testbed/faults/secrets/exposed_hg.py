"""The repository of Mercurial can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.hg/requires", "dotencode\nfncache\ngeneraldelta\nrevlogv1\nstore\n", "application/octet-stream"
    )


FAULT = Fault(
    says="The repository of Mercurial can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.hg/requires\n< revlogv1",
    apply=_apply,
)
