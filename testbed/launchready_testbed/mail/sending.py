"""How does the portal send its letters? Data and hooks that a fault may change."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid

import dkim

from launchready_testbed.mail.keys import SigningKey

SOURCE = "203.0.113.25"
"""From where the portal sends, as receivers see it (RFC 5737)."""
SIGNED = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"),
    *("auto-submitted", "list-unsubscribe", "list-unsubscribe-post"),
)
"""Fields that a signature covers, as far as a letter has them."""


@dataclass(frozen=True)
class Errand:
    """What a letter is about."""

    kind: str
    """password-reset, invite, approval, notification, or account for what else concerns somebody's account."""
    to: str
    """Address that it goes to."""
    provider: str = ""
    """Whose mailbox that is: gmail, outlook, apple or imap; empty for a stranger's."""


@dataclass(frozen=True)
class Signing:
    """One DKIM signature that every letter gets."""

    domain: str
    selector: str
    key: SigningKey
    canonicalization: str = "relaxed/relaxed"
    covers: tuple[str, ...] = SIGNED
    """Names of the fields that are signed, where the letter has them."""
    counts_length: bool = False
    """Whether l= says how much of the text is signed."""

    def sign(self, raw: bytes) -> bytes:
        """The letter with the signature on top."""
        head = raw.partition(b"\r\n\r\n")[0]
        present = {line.partition(b":")[0].strip().lower() for line in head.split(b"\r\n")}
        first, second = self.canonicalization.encode().split(b"/")
        signature: bytes = dkim.sign(
            raw,
            self.selector.encode(),
            self.domain.encode(),
            self.key.private,
            canonicalize=(first, second),
            signature_algorithm=f"{self.key.type}-sha256".encode(),
            include_headers=[each.encode() for each in self.covers if each.encode() in present],
            length=self.counts_length,
        )
        return signature + raw


@dataclass
class Sending:
    """What the portal decides about its letters, and what becomes of them on the way."""

    from_name: str = "Harbour Client Portal"
    from_address: str = "portal@lab.test"
    reply_to: str = ""
    envelope: str = "bounces@lab.test"
    """Where failures are reported to (MAIL FROM); empty: nowhere."""
    helo: str = "mail.lab.test"
    source: str = SOURCE
    """Address that the receiving provider sees."""
    signatures: list[Signing] = field(default_factory=list)
    text: bool = True
    """Whether there is a part of plain text."""
    html: bool = True
    """Whether there is a page."""
    message_id: bool = True
    auto_submitted: bool = True
    date_shift: float = 0.0
    """Seconds by which the clock of the portal is ahead."""
    copies: int = 1
    """How often a letter is sent."""
    links: list[Callable[[str, Errand], str]] = field(default_factory=list)
    """Each changes the address that the letter is sent for, before it is written."""
    drafts: list[Callable[[EmailMessage, Errand], None]] = field(default_factory=list)
    """Each changes the letter before it is signed."""
    transit: list[Callable[[bytes, Errand], bytes]] = field(default_factory=list)
    """Each changes the letter after it was signed."""
    lost: Callable[[Errand], bool] = lambda _errand: False
    """Whether a letter is lost before it reaches any provider."""
    delay: Callable[[Errand], float] = lambda _errand: 0.0
    """Seconds that a letter waits before it is sent."""

    def letter(
        self, errand: Errand, subject: str, words: Sequence[str], link: str = "", sender: str = ""
    ) -> EmailMessage:
        """A letter of the paragraphs `words`, with a link on a line of its own if there is one.

        `sender` is what stands in From where that is not the portal.
        """
        for rewrite in self.links if link else ():
            link = rewrite(link, errand)
        message = EmailMessage(policy=SMTP)
        message["From"] = sender or formataddr((self.from_name, self.from_address))
        message["To"] = errand.to
        message["Subject"] = subject
        message["Date"] = format_datetime(datetime.now(UTC) + timedelta(seconds=self.date_shift), usegmt=True)
        if self.message_id:
            message["Message-ID"] = make_msgid(domain=message["From"].addresses[0].domain)
        if self.reply_to:
            message["Reply-To"] = self.reply_to
        if self.auto_submitted:
            message["Auto-Submitted"] = "auto-generated"
        if self.text:
            text = "\n\n".join([*words, link] if link else words) + "\n"
            message.set_content(text, cte="7bit" if text.isascii() else "quoted-printable")
        if self.html:
            page = _page(words, link)
            if self.text:
                message.add_alternative(page, subtype="html", cte="quoted-printable")
            else:
                message.set_content(page, subtype="html", cte="quoted-printable")
        for change in self.drafts:
            change(message, errand)
        return message


def _page(words: Sequence[str], link: str) -> str:
    shown = [f"<p>{html.escape(each)}</p>" for each in words]
    if link:
        address = html.escape(link)
        shown.append(f'<p><a href="{address}">{address}</a></p>')
    return f'<!doctype html><html lang="en"><body>{"".join(shown)}</body></html>'
