"""A copy of the settings that was made before a change can be read by everybody."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.env.bak",
        f"APP_ENV=production\nAPP_DEBUG=false\n{secret_shapes.password_line()}\nSTRIPE_SECRET={secret_shapes.stripe()}\n",
        "text/plain",
    )


FAULT = Fault(
    says="A copy of the settings that was made before a change can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.env.bak\n< DB_PASSWORD=",
    apply=_apply,
)
