"""Where do letters go? Straight into the mailboxes of the bed, with no server in between."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses


@dataclass
class Letter:
    """A message in a mailbox."""

    uid: int
    raw: bytes
    """As it was sent, with CRLF."""
    arrived: datetime.datetime
    flags: set[str] = field(default_factory=set)


@dataclass
class Mailbox:
    """The inbox of one address."""

    address: str
    password: str
    letters: list[Letter] = field(default_factory=list)
    validity: int = 1
    """UIDVALIDITY: changes when the uids of old start anew."""
    next_uid: int = 1

    def put(self, raw: bytes, flags: Iterable[str] = ()) -> Letter:
        """Adds a message that has just arrived."""
        letter = Letter(self.next_uid, raw, datetime.datetime.now(datetime.UTC), set(flags))
        self.next_uid += 1
        self.letters.append(letter)
        return letter

    def clear(self) -> None:
        """Empties the mailbox."""
        self.letters.clear()
        self.validity += 1
        self.next_uid = 1


class PostOffice:
    """Every mailbox by its address in lower case."""

    def __init__(self) -> None:
        self._mailboxes: dict[str, Mailbox] = {}

    def open(self, address: str, password: str) -> Mailbox:
        """A new mailbox in place of the one of that address."""
        mailbox = Mailbox(address, password)
        self._mailboxes[address.lower()] = mailbox
        return mailbox

    def enter(self, address: str, password: str) -> Mailbox | None:
        """The mailbox, for whoever knows its password."""
        mailbox = self._mailboxes.get(address.lower())
        right = secrets.compare_digest(password.encode(), (mailbox.password if mailbox else "").encode())
        return mailbox if right else None

    def deliver(self, message: EmailMessage) -> int:
        """Puts the message into the mailbox of everybody in To, Cc and Bcc, and says into how many.

        An address with a +detail goes to the mailbox without it; letters to strangers vanish.
        """
        fields = (str(line) for name in ("to", "cc", "bcc") for line in message.get_all(name, ()))
        addresses = {address.lower() for _, address in getaddresses(list(fields))}
        del message["bcc"]
        raw = message.as_bytes(policy=SMTP)
        reached = [found for address in sorted(addresses) if (found := self._mailbox(address))]
        for mailbox in reached:
            mailbox.put(raw)
        return len(reached)

    def clear(self) -> None:
        """Empties every mailbox."""
        for mailbox in self._mailboxes.values():
            mailbox.clear()

    def _mailbox(self, address: str) -> Mailbox | None:
        local, _, domain = address.rpartition("@")
        return self._mailboxes.get(address) or self._mailboxes.get(f"{local.partition('+')[0]}@{domain}")
