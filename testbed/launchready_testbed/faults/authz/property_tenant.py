"""Who changes a ticket can give it to another client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.taken_too = {"PATCH /api/v1/tickets/{id}": ("tenant",)}


FAULT = Fault(
    says="Who changes a ticket can give it to another client.",
    trips=("authz/property",),
    look=(
        "$ sign_in nora > /dev/null\n"
        "$ interface nora PATCH /tickets/1 '{\"tenant\": 2}'\n"
        "< HTTP/1.1 204\n"
        "$ sign_in sol > /dev/null; get sol /api/v1/tickets/1\n"
        '< "tenant":2'
    ),
    apply=_apply,
)
