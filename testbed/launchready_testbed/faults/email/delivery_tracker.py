"""The sending service counts clicks: the invitation's link leads over its server, token and all."""

from __future__ import annotations

from urllib.parse import quote

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def counted(link: str, errand: Errand) -> str:
        return f"https://click.mailer.test/c?u={quote(link, safe='')}" if errand.kind == "invite" else link

    world.mail.links.append(counted)


FAULT = Fault(
    says="The sending service counts clicks: the invitation's link leads over its server, token and all.",
    trips=("email/delivery",),
    look=(INVITE + "$ link nora\n< https://click.mailer.test/c?u=https%3A%2F%2Fportal.lab.test"),
    apply=_apply,
)
