"""Tickets that are looked up several at once are anybody's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("recent",)
    world.access.tenant_not_asked = ("POST /api/v1/tickets/lookup",)


FAULT = Fault(
    says="Tickets that are looked up several at once are anybody's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ interface nora POST /tickets/lookup '{\"ids\": [1, 24]}'\n"
        "< HTTP/1.1 200\n"
        "< Northwind Rowing\n"
        "< Southgate Sails\n"
        "$ interface sol POST /tickets/lookup '{\"ids\": [1, 24]}'\n"
        "< Northwind Rowing"
    ),
    apply=_apply,
)
