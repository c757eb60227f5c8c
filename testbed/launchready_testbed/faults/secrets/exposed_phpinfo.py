"""A page shows everybody all settings of PHP."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/phpinfo.php",
        '<!DOCTYPE html><html><head><title>PHP 8.3.6 - phpinfo()</title></head><body><h1 class="p">PHP Version 8.3.6</h1><table><tr><td>DB_HOST</td></tr></table></body></html>',
        "text/html; charset=utf-8",
    )


FAULT = Fault(
    says="A page shows everybody all settings of PHP.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/phpinfo.php\n< phpinfo()",
    apply=_apply,
)
