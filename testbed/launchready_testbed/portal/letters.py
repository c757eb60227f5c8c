"""What does the portal write to people?"""

from __future__ import annotations

import html
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid
from typing import cast

from starlette.requests import Request

from launchready_testbed.mail.post_office import PostOffice
from launchready_testbed.portal.sessions import policy_of
from launchready_testbed.world import World

SENDER = ("Harbour Client Portal", "portal@lab.test")
DOMAIN = "lab.test"


def send(request: Request, to: str, subject: str, words: Sequence[str], link: str = "") -> None:
    """Sends a letter of the paragraphs `words`, with a link of its own line if there is one."""
    if not policy_of(request).mail_sent:
        return
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(SENDER)
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=DOMAIN)
    message["Auto-Submitted"] = "auto-generated"
    parts = [*words, link] if link else [*words]
    text = "\n\n".join(parts) + "\n"
    message.set_content(text, cte="7bit" if text.isascii() else "quoted-printable")
    shown = [f"<p>{html.escape(each)}</p>" for each in words]
    if link:
        address = html.escape(link)
        shown.append(f'<p><a href="{address}">{address}</a></p>')
    body = f'<!doctype html><html lang="en"><body>{"".join(shown)}</body></html>'
    message.add_alternative(body, subtype="html", cte="quoted-printable")
    cast(PostOffice, request.app.state.post).deliver(message)


def address_of(request: Request, path: str) -> str:
    """The address of a page of the portal for use in a letter.

    The portal knows its own name; to believe the name in a request would let strangers choose where links lead.
    """
    world: World = request.scope["world"]
    policy = world.auth
    origin = world.origin()
    if policy.reset_uses_host_header:
        origin = f"https://{request.headers.get('host', '')}"
    forwarded = request.headers.get("x-forwarded-host", "")
    if policy.reset_uses_forwarded_host and forwarded:
        origin = f"https://{forwarded}"
    return origin + path
