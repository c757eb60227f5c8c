"""The interface shows a ticket to the people of every client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.tenant_not_asked = ("GET /api/v1/tickets/{id}",)


FAULT = Fault(
    says="The interface shows a ticket to the people of every client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/tickets/24\n"
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ get sol /api/v1/tickets/24\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
