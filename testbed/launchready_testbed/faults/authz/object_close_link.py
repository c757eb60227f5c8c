"""A link that closes a ticket when it is followed closes anybody's."""

from __future__ import annotations

from launchready_testbed.by_links import closes_by_link
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    closes_by_link(world, anybody=True)


FAULT = Fault(
    says="A link that closes a ticket when it is followed closes anybody's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /tickets/24/close\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< Ticket 24, closed"
    ),
    apply=_apply,
)
