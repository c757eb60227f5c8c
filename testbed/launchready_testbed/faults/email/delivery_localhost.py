"""Invitations link to the developer's own machine."""

from __future__ import annotations

import re

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def at_home(link: str, errand: Errand) -> str:
        return re.sub(r"^https://[^/]+", "https://localhost:3000", link) if errand.kind == "invite" else link

    world.mail.links.append(at_home)


FAULT = Fault(
    says="Invitations link to the developer's own machine.",
    trips=("email/delivery",),
    look=(INVITE + "$ link nora\n< https://localhost:3000/invite/"),
    apply=_apply,
)
