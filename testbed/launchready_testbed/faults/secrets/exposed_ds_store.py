"""The list of a folder's files that a file manager wrote can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/.DS_Store", b"\x00\x00\x00\x01Bud1\x00\x00\x10\x00" + bytes(40), "application/octet-stream")


FAULT = Fault(
    says="The list of a folder's files that a file manager wrote can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.DS_Store | tail -c +5 | head -c 4\n< Bud1",
    apply=_apply,
)
