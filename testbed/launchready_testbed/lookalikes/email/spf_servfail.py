"""The name server fails when it is asked for the record, so nobody knows it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.zones["lab.test"].trouble["lab.test", "TXT"] = "servfail"


LOOKALIKE = Lookalike(
    says="The name server fails when it is asked for the record, so nobody knows it.",
    spares=("email/spf",),
    look=("$ dig @127.0.0.1 -p {dns} TXT lab.test | grep status\n< SERVFAIL"),
    apply=_apply,
    untold=("email/spf",),
)
