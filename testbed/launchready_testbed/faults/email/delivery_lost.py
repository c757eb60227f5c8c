"""Invitations are accepted and never sent."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["wait"] = 8.0  # some are lost
    world.mail.lost = lambda errand: errand.kind == "invite"


FAULT = Fault(
    says="Invitations are accepted and never sent.",
    trips=("email/delivery",),
    look=(INVITE + "$ sleep 0.5; mail nora | grep -c '^Subject'\n< 0"),
    apply=_apply,
)
