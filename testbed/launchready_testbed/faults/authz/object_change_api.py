"""The interface changes anybody's ticket."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.tenant_not_asked = ("PATCH /api/v1/tickets/{id}",)


FAULT = Fault(
    says="The interface changes anybody's ticket.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ interface nora PATCH /tickets/24 \'{"title": "Rewritten"}\'\n'
        "< HTTP/1.1 204\n"
        "$ get sol /api/v1/tickets/24\n"
        "< Rewritten"
    ),
    apply=_apply,
)
