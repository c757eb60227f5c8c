"""The program's profiler is open to everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/debug/pprof/",
        '<html><head><title>/debug/pprof/</title></head><body>/debug/pprof/<br><a href="goroutine?debug=1">goroutine</a></body></html>',
        "text/html; charset=utf-8",
    )


FAULT = Fault(
    says="The program's profiler is open to everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/debug/pprof/\n< goroutine",
    apply=_apply,
)
