"""The button that sets the fee of a ticket is left out of clients' pages, and works for them."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("POST /tickets/{id}/fee",)


FAULT = Fault(
    says="The button that sets the fee of a ticket is left out of clients' pages, and works for them.",
    trips=("authz/frontend-only",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sam > /dev/null\n"
        "$ get nora /tickets/1 | grep -q 'Set the fee' || echo 'there is no such button'\n"
        "< there is no such button\n"
        "$ submit nora /profile /tickets/1/fee -d fee=100\n"
        "< HTTP/1.1 303\n"
        "$ get sam /tickets/1\n"
        "< costs € 1.00"
    ),
    apply=_apply,
)
