"""An editor's swap file of a program can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.index.php.swp", b"b0VIM 8.2\x00\x00\x00\x00" + bytes(80) + b"root", "application/octet-stream"
    )


FAULT = Fault(
    says="An editor's swap file of a program can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.index.php.swp | head -c 5\n< b0VIM",
    apply=_apply,
)
