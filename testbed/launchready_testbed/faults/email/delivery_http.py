"""The link of invitations is http."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def plainly(link: str, errand: Errand) -> str:
        if errand.kind != "invite":
            return link
        return link.replace("https:", "http:").replace(f":{world.lab.https}/", f":{world.lab.http}/")

    world.mail.links.append(plainly)


FAULT = Fault(
    says="The link of invitations is http.",
    trips=("email/delivery",),
    look=(INVITE + "$ mail nora | tr -d '\\r' | grep '^http:'\n< http://portal.lab.test"),
    apply=_apply,
)
