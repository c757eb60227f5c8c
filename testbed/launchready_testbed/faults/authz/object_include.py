"""A ticket that is one's own comes with tickets like it, of whichever client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.tenant_not_asked = ("GET /api/v1/tickets/{id}?include=similar",)


FAULT = Fault(
    says="A ticket that is one's own comes with tickets like it, of whichever client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ get nora "/api/v1/tickets/1?include=similar"\n'
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ get nora /api/v1/tickets/24\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
