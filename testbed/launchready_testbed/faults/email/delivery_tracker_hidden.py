"""The sending service counts clicks, and hides the portal's address with the token in Base64."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def counted(link: str, errand: Errand) -> str:
        if errand.kind != "invite":
            return link
        return f"https://click.mailer.test/ls/{urlsafe_b64encode(link.encode()).decode().rstrip('=')}/open"

    world.mail.links.append(counted)


FAULT = Fault(
    says="The sending service counts clicks, and hides the portal's address with the token in Base64.",
    trips=("email/delivery",),
    look=(
        INVITE + "$ link nora | cut -d/ -f5 | tr '_-' '/+' | base64 -d 2>/dev/null\n< https://portal.lab.test"
    ),
    apply=_apply,
)
