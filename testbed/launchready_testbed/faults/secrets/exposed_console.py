"""A console that runs commands is open to everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/console",
        '<!doctype html><html><head><title>Console // Werkzeug Debugger</title><script>var CONSOLE_MODE = true, EVALEX = true, SECRET = "";</script></head><body><h1>Interactive Console</h1></body></html>',
        "text/html; charset=utf-8",
    )


FAULT = Fault(
    says="A console that runs commands is open to everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/console\n< EVALEX = true",
    apply=_apply,
)
