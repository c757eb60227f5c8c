"""The form that changes a ticket changes anybody's; opening it is guarded."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /tickets/{id}/edit",)


FAULT = Fault(
    says="The form that changes a ticket changes anybody's; opening it is guarded.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets /tickets/24/edit -d 'title=Rewritten' -d 'body=By somebody else'\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< By somebody else"
    ),
    apply=_apply,
)
