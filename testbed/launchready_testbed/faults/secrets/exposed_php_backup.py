"""An editor's copy of a program is served as text."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/index.php~",
        "<?php\n$db = new PDO('mysql:host=db', 'portal', getenv('DB_PASSWORD'));\n",
        "text/plain",
    )


FAULT = Fault(
    says="An editor's copy of a program is served as text.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/index.php~\n< <?php",
    apply=_apply,
)
