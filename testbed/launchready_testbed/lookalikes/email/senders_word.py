"""A setting of the code is about sending again, and not of a service of that name."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.source.main.append(Commit("Send again", {"portal/again.py": "RESEND_LIMIT = 3\n"}))


LOOKALIKE = Lookalike(
    says="A setting of the code is about sending again, and not of a service of that name.",
    spares=("email/senders",),
    look="$ grep -c RESEND_LIMIT {source}/portal/again.py\n< 1",
    apply=_apply,
)
