"""A copy of the settings with the database's password is served as text."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/wp-config.php.bak",
        f"<?php\ndefine('DB_PASSWORD', '{secret_shapes.password_line().partition('=')[2]}');\n",
        "application/octet-stream",
    )


FAULT = Fault(
    says="A copy of the settings with the database's password is served as text.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/wp-config.php.bak\n< DB_PASSWORD",
    apply=_apply,
)
