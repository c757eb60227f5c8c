"""The working copy's database of Subversion can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/.svn/wc.db", b"SQLite format 3\x00" + bytes(84), "application/octet-stream")


FAULT = Fault(
    says="The working copy's database of Subversion can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.svn/wc.db | head -c 15\n< SQLite format 3",
    apply=_apply,
)
