"""The interface lists the tickets of the client that a parameter names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.filter_believed = ("GET /api/v1/tickets",)


FAULT = Fault(
    says="The interface lists the tickets of the client that a parameter names.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ get nora "/api/v1/tickets?client=2"\n'
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ get sol /api/v1/tickets\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
