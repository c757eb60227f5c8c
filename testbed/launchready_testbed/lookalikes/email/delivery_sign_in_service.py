"""The link of invitations leads over the service that signs people in, and back to the portal."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def signed_in(link: str, errand: Errand) -> str:
        if errand.kind != "invite":
            return link
        token = link.rpartition("/")[2]
        return f"https://harbour.sign-in.partner.test/verify?token={token}&return_to=https%3A%2F%2Fportal.lab.test%2F"

    world.mail.links.append(signed_in)


LOOKALIKE = Lookalike(
    says="The link of invitations leads over the service that signs people in, and back to the portal.",
    spares=("email/delivery",),
    look=(INVITE + "$ link nora\n< https://harbour.sign-in.partner.test/verify?token="),
    apply=_apply,
    untold=("email/delivery",),
)
