"""The interface deletes anybody's ticket."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.tenant_not_asked = ("DELETE /api/v1/tickets/{id}",)


FAULT = Fault(
    says="The interface deletes anybody's ticket.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ interface nora DELETE /tickets/24\n"
        "< HTTP/1.1 204\n"
        "$ get sol /api/v1/tickets/24\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
