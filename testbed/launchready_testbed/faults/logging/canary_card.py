"""Numbers of payment cards are written into the log."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import fields, on_body
from launchready_testbed.logbook import Hit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def line(hit: Hit) -> str | None:
        number = fields(hit).get("card_number")
        return f"charging {number}" if number else None

    on_body(world, line)


FAULT = Fault(
    says="Numbers of payment cards are written into the log.",
    trips=("logging/canary",),
    look="$ curl -s -o /dev/null -H 'content-type: application/json' -d '{\"card_number\": \"4000001234567899\"}' https://portal.lab.test:{https}/api/v1/tickets\n$ grep -c 'charging 4000001234567899' {logs}/portal.log\n< 1",
    apply=_apply,
)
