"""The settings of a part of the application lie in the folder of its files."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/assets/.env",
        f"APP_ENV=production\nAPP_DEBUG=false\n{secret_shapes.password_line()}\nSTRIPE_SECRET={secret_shapes.stripe()}\n",
        "application/octet-stream",
    )


FAULT = Fault(
    says="The settings of a part of the application lie in the folder of its files.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/assets/.env\n< DB_PASSWORD=",
    apply=_apply,
)
