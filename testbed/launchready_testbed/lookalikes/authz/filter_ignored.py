"""What clients send as the number of a client is not looked at: the list holds their own."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("filter", "ticket-data")
    world.access.filter_ignored = True


LOOKALIKE = Lookalike(
    says="What clients send as the number of a client is not looked at: the list holds their own.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ get nora "/invoices?client=2&page=1"\n'
        "< HTTP/1.1 200\n"
        "< H-2026-1001\n"
        '$ get nora "/api/v1/tickets?client=2"\n'
        "< HTTP/1.1 200\n"
        "< Northwind Rowing"
    ),
    apply=_apply,
)
