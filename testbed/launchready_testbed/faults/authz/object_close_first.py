"""One button closes several tickets at once, and only the first of them must be one's own client's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.several_at_once import closes_several
from launchready_testbed.world import World


def _apply(world: World) -> None:
    closes_several(world, "first")


FAULT = Fault(
    says="One button closes several tickets at once, and only the first of them must be one's own client's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets /tickets/close -d ids=1 -d ids=24\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< Ticket 24, closed"
    ),
    apply=_apply,
)
