"""The settings of the application can be read by everybody."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.env",
        f"APP_ENV=production\nAPP_DEBUG=false\n{secret_shapes.password_line()}\nSTRIPE_SECRET={secret_shapes.stripe()}\n",
        "application/octet-stream",
    )


FAULT = Fault(
    says="The settings of the application can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.env\n< APP_ENV=production\n< DB_PASSWORD=",
    apply=_apply,
)
