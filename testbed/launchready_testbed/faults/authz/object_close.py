"""The button that closes a ticket closes anybody's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /tickets/{id}/close",)


FAULT = Fault(
    says="The button that closes a ticket closes anybody's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets /tickets/24/close\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< Ticket 24, closed"
    ),
    apply=_apply,
)
