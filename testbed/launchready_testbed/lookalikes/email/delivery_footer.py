"""The mail links to the company's pages elsewhere, by http, and shows a picture from there."""

from __future__ import annotations

from email.message import EmailMessage

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World

_FOOTER = (
    '<p><a href="http://social.partner.test/company/harbour-1234567890abcdef">Follow us</a>'
    '<img src="https://cdn.partner.test/logo.png?v=8f3a9c1d2e4b5a6f7081" alt="Harbour"></p>'
)


def _apply(world: World) -> None:
    def signed_off(message: EmailMessage, _errand: Errand) -> None:
        page = message.get_body(("html",))
        if page is not None:
            text = page.get_content().replace("</body>", f"{_FOOTER}</body>")
            page.set_content(text, subtype="html", cte="quoted-printable")

    world.mail.drafts.append(signed_off)


LOOKALIKE = Lookalike(
    says="The mail links to the company's pages elsewhere, by http, and shows a picture from there.",
    spares=("email/delivery", "email/consistency"),
    look=(
        RESET
        + "$ mail nora | tr -d '\\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/=\\n//g' | grep -o 'http://social[^/]*'\n< http://social.partner.test"
    ),
    apply=_apply,
)
