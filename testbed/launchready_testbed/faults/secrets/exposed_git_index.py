"""The list of files of the source code's repository can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.git/index",
        b"DIRC\x00\x00\x00\x02\x00\x00\x00\x01" + bytes(60) + b"\x00\x09README.md",
        "application/octet-stream",
    )


FAULT = Fault(
    says="The list of files of the source code's repository can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.git/index | head -c 4\n< DIRC",
    apply=_apply,
)
