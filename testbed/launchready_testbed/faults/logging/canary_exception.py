"""The text of an error holds what could not be read, and is written into the log."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import on_body
from launchready_testbed.logbook import Hit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def trace(hit: Hit) -> str | None:
        if "json" not in hit.headers.get("content-type", ""):
            return None
        said = hit.body.decode("utf-8", "replace")
        return f"Traceback (most recent call last):\n  in read\nValueError: cannot read {said!r}"

    on_body(world, trace)


FAULT = Fault(
    says="The text of an error holds what could not be read, and is written into the log.",
    trips=("logging/canary", "logging/scan"),
    look="$ curl -s -o /dev/null -H 'content-type: application/json' -d '{\"password\": \"Mountain-41-Lake\"' https://portal.lab.test:{https}/api/v1/tickets\n$ grep -c 'ValueError: .*Mountain-41-Lake' {logs}/portal.log\n< 1",
    apply=_apply,
)
