"""The application's database can be downloaded."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/db.sqlite3", b"SQLite format 3\x00" + bytes(84), "application/octet-stream")


FAULT = Fault(
    says="The application's database can be downloaded.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/db.sqlite3 | head -c 15\n< SQLite format 3",
    apply=_apply,
)
