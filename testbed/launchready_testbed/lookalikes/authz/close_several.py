"""One button closes several tickets at once, and all of them must be one's own client's."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.several_at_once import closes_several
from launchready_testbed.world import World


def _apply(world: World) -> None:
    closes_several(world, "all")


LOOKALIKE = Lookalike(
    says="One button closes several tickets at once, and all of them must be one's own client's.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets /tickets/close -d ids=1\n"
        "< HTTP/1.1 303\n"
        "$ submit nora /tickets /tickets/close -d ids=1 -d ids=24\n"
        "< HTTP/1.1 404\n"
        "$ get sol /tickets/24\n"
        "< Ticket 24, open"
    ),
    apply=_apply,
)
