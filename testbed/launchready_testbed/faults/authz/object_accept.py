"""The page of a ticket is guarded; who asks the same address for JSON gets anybody's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("GET /tickets/{id} as JSON",)


FAULT = Fault(
    says="The page of a ticket is guarded; who asks the same address for JSON gets anybody's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /tickets/24 -H 'accept: application/json'\n"
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ get sol /tickets/24\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
