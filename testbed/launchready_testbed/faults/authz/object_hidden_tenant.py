"""A new ticket belongs to the client that a hidden field of the form names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.field_believed = ("POST /tickets/new",)


FAULT = Fault(
    says="A new ticket belongs to the client that a hidden field of the form names.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets/new /tickets/new -d tenant=2 -d title=Smuggled -d 'body=Into their list'\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets\n"
        "< Smuggled"
    ),
    apply=_apply,
)
