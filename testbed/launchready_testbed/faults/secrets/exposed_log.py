"""The application's log can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/storage/logs/laravel.log",
        "[2026-11-20 08:12:44] production.ERROR: no such invoice\n[2026-11-20 08:13:02] production.INFO: signed in\n",
        "text/plain",
    )


FAULT = Fault(
    says="The application's log can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/storage/logs/laravel.log\n< production.ERROR",
    apply=_apply,
)
