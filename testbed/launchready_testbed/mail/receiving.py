"""Who takes the letters in? Four providers, which judge and file as the great ones do; data and hooks for faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from launchready_testbed.mail import stamps
from launchready_testbed.mail.judging import Verdicts
from launchready_testbed.mail.layouts import APPLE, GENERIC, GMAIL, OUTLOOK, Layout

_FORGED = re.compile(
    rb"(?im)^authentication-results:[ \t]*(?:\r\n[ \t]+)?([^;\s]+)[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*"
)


@dataclass
class Incoming:
    """A letter at the door of a provider."""

    raw: bytes
    """As it came over SMTP."""
    to: str
    mail_from: str
    source: str
    """Address of who gives it."""
    helo: str
    verdicts: Verdicts = field(default_factory=Verdicts)
    place: str = "inbox"
    """Where it is filed."""

    @property
    def message(self) -> EmailMessage:
        """The letter."""
        made = message_from_bytes(self.raw, policy=default)
        assert isinstance(made, EmailMessage)
        return made

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.message["subject"] or "")


Stamp = Callable[["Receiver", Incoming], list[str]]


@dataclass
class Receiver:
    """One provider. `refuses` and `distrusts` are its policy for letters that fail."""

    name: str
    host: str
    """Its server at the border, as its Received fields name it."""
    authserv_id: str
    """Whose Authentication-Results are its own; empty where it leaves the name out."""
    layout: Layout
    stamp: Stamp
    """The fields that it puts on top."""
    refuses: bool
    """Turns letters away that fail DMARC where the domain asks for that; else they are junk."""
    takes_passwords: bool = True
    """Lets people read their mail who have no token."""
    tells_results: bool = True
    """Writes what it found into Authentication-Results."""
    strips_forged: bool = True
    """Takes out Authentication-Results in its own name that came with the letter (RFC 8601, section 5)."""
    files: list[Callable[[Incoming], str | None]] = field(default_factory=list)
    """Asked in order before the policy: inbox, junk, promotions, updates, archive, lost, refused, or None."""
    alters: list[Callable[[bytes, Incoming], bytes]] = field(default_factory=list)
    """Each changes the letter before it is put into the mailbox."""
    delay: Callable[[Incoming], float] = lambda _mail: 0.0
    """Seconds that it keeps a letter back."""

    def place(self, mail: Incoming) -> str:
        """Where the letter belongs."""
        for rule in self.files:
            if chosen := rule(mail):
                return chosen
        found = mail.verdicts
        if found.dmarc == "fail" and found.policy == "reject":
            return "refused" if self.refuses else "junk"
        if found.dmarc == "fail" and found.policy == "quarantine":
            return "junk"
        if found.dmarc in ("pass", "temperror") or found.authenticated:
            return "inbox"
        return "junk"

    def stamped(self, mail: Incoming) -> bytes:
        """The letter as it lies in the mailbox."""
        raw = mail.raw
        if self.strips_forged and self.authserv_id:
            head, blank, text = raw.partition(b"\r\n\r\n")
            own = self.authserv_id.encode().lower()
            kept = _FORGED.sub(lambda found: b"" if found[1].lower() == own else found[0], head + b"\r\n")
            raw = kept.removesuffix(b"\r\n") + blank + text
        for change in self.alters:
            raw = change(raw, mail)
        return "".join(f"{line}\r\n" for line in self.stamp(self, mail)).encode() + raw


def sound_receivers() -> dict[str, Receiver]:
    """The providers by the name that portal files have for them."""
    return {
        "gmail": Receiver("gmail", "mx.google.com", "mx.google.com", GMAIL, stamps.gmail, refuses=True),
        "outlook": Receiver(
            "outlook",
            "AM4PEPF00027A5F.mail.protection.outlook.com",
            "",
            OUTLOOK,
            stamps.outlook,
            refuses=False,
        ),
        "apple": Receiver(
            "apple", "mx01.mail.icloud.com", "mx01.mail.icloud.com", APPLE, stamps.postfix, refuses=False
        ),
        "imap": Receiver("imap", "mx.lab.test", "mx.lab.test", GENERIC, stamps.postfix, refuses=True),
    }
