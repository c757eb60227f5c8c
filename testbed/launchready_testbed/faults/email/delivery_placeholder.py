"""The link of notifications is a name from the template that nobody filled in."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def unfilled(message: EmailMessage, errand: Errand) -> None:
        page = message.get_body(("html",))
        if errand.kind == "notification" and page is not None:
            start, _, rest = page.get_content().partition('href="')
            text = f'{start}href="{{{{ action_url }}}}"{rest.partition(chr(34))[2]}'
            page.set_content(text, subtype="html", cte="quoted-printable")

    world.mail.drafts.append(unfilled)


FAULT = Fault(
    says="The link of notifications is a name from the template that nobody filled in.",
    trips=("email/delivery",),
    look=(
        NOTIFICATION
        + "$ mail nora | tr -d '\\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/=\\n//g' | grep -o '{{ action_url }}'\n< {{ action_url }}"
    ),
    apply=_apply,
)
