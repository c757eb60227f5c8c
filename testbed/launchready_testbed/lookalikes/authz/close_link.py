"""A link closes a ticket when it is followed, and only one's own client's."""

from __future__ import annotations

from launchready_testbed.by_links import closes_by_link
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    closes_by_link(world, anybody=False)


LOOKALIKE = Lookalike(
    says="A link closes a ticket when it is followed, and only one's own client's.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /tickets/24/close\n"
        "< HTTP/1.1 404\n"
        "$ get sol /tickets/24\n"
        "< Ticket 24, open"
    ),
    apply=_apply,
)
