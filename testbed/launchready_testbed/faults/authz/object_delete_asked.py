"""A ticket is deleted behind a page that asks first, and its form deletes anybody's."""

from __future__ import annotations

from launchready_testbed.by_links import asks_before_deleting
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    asks_before_deleting(world)
    world.access.tenant_not_asked = ("POST /tickets/{id}/delete",)


FAULT = Fault(
    says="A ticket is deleted behind a page that asks first, and its form deletes anybody's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get sol /tickets/24/delete\n"
        "< Delete this ticket?\n"
        "$ submit nora /tickets /tickets/24/delete\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
