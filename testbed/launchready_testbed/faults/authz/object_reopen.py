"""The button that opens a closed ticket again opens anybody's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /tickets/{id}/reopen",)


FAULT = Fault(
    says="The button that opens a closed ticket again opens anybody's; it is only offered for what is closed.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit sol /tickets /tickets/24/close > /dev/null; get sol /tickets/24\n"
        "< Ticket 24, closed\n"
        "$ submit nora /tickets /tickets/24/reopen\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< Ticket 24, open"
    ),
    apply=_apply,
)
