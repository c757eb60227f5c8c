"""The link of invitations is cut on its way into the mail, and its token with it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.links.append(lambda link, errand: link[:-8] if errand.kind == "invite" else link)


FAULT = Fault(
    says="The link of invitations is cut on its way into the mail, and its token with it.",
    trips=("email/delivery",),
    look=(INVITE + '$ curl -s -o /dev/null -w "%{http_code}" "$(link nora)"\n< 410'),
    apply=_apply,
)
