"""Where do letters lie? In the folders of mailboxes, laid out as each provider does."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses

from launchready_testbed.mail.layouts import GENERIC, LAYOUTS, Layout


@dataclass
class Letter:
    """A message in a folder."""

    uid: int
    raw: bytes
    """As it came, with CRLF."""
    arrived: datetime.datetime
    flags: set[str] = field(default_factory=set)
    labels: tuple[str, ...] = ()
    """As Gmail shows them: \\Inbox and the like."""
    category: str = ""
    """Gmail's: primary, promotions, updates; empty where there are none."""


@dataclass
class Folder:
    """One folder of a mailbox, with letters in the order of their uids."""

    name: str = "INBOX"
    attributes: str = ""
    """As LIST shows them, such as \\Junk."""
    letters: list[Letter] = field(default_factory=list)
    validity: int = 1
    """UIDVALIDITY: changes when the uids of old start anew."""
    next_uid: int = 1

    def put(
        self, raw: bytes, flags: Iterable[str] = (), labels: Iterable[str] = (), category: str = ""
    ) -> Letter:
        """Adds a message that has just arrived."""
        now = datetime.datetime.now(datetime.UTC)
        letter = Letter(self.next_uid, raw, now, set(flags), tuple(labels), category)
        self.next_uid += 1
        self.letters.append(letter)
        return letter


class Mailbox:
    """The folders of one address."""

    def __init__(self, address: str, password: str, layout: Layout = GENERIC, token: str = "") -> None:
        self.address, self.password, self.token, self.layout = address, password, token, layout
        self._validity = 0
        self.folders: dict[str, Folder] = {}
        self.clear()

    @property
    def inbox(self) -> Folder:
        """Where letters land unless something speaks against it."""
        return self.folders["INBOX"]

    @property
    def letters(self) -> list[Letter]:
        """Those of the inbox."""
        return self.inbox.letters

    def put(self, raw: bytes, flags: Iterable[str] = (), place: str = "inbox") -> Letter:
        """Adds a message that has just arrived, in inbox, junk, promotions, updates or archive."""
        flags, gmail = tuple(flags), bool(self.layout.keeps_all)
        name = self.layout.folder(place)
        labels = ("\\Inbox",) if gmail and name == "INBOX" else ()
        category = (place if place in ("promotions", "updates") else "primary") if gmail and labels else ""
        if gmail and name == "INBOX":
            self.folders[self.layout.keeps_all].put(raw, flags, labels, category)
        return self.folders[name].put(raw, flags, labels, category)

    def fill(self, raw: bytes, count: int) -> None:
        """Puts so many old letters, all alike and read, into the inbox."""
        now, inbox = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=30), self.inbox
        inbox.letters += [Letter(inbox.next_uid + place, raw, now, {"\\Seen"}) for place in range(count)]
        inbox.next_uid += count

    def clear(self, layout: Layout | None = None) -> None:
        """Empties the mailbox, and lays it out anew."""
        self.layout = layout or self.layout
        self._validity += 1
        self.folders = {
            name: Folder(name, attributes, validity=self._validity)
            for name, attributes in self.layout.folders.items()
        }


class PostOffice:
    """Every mailbox by its address in lower case."""

    def __init__(self) -> None:
        self._mailboxes: dict[str, Mailbox] = {}
        self._providers: dict[str, str] = {}
        self.without_passwords: set[str] = set()
        """Providers whose mailboxes only a token opens."""

    def open(self, address: str, password: str, provider: str = "imap", token: str = "") -> Mailbox:
        """A new mailbox at `provider` in place of the one of that address; `token` opens it too (XOAUTH2)."""
        mailbox = Mailbox(address, password, LAYOUTS[provider], token)
        self._mailboxes[address.lower()] = mailbox
        self._providers[address.lower()] = provider
        return mailbox

    def enter(self, address: str, password: str) -> Mailbox | None:
        """The mailbox, for whoever knows its password."""
        mailbox = self._mailboxes.get(address.lower())
        if self.provider(address) in self.without_passwords:
            return None
        return mailbox if _same(password, mailbox.password if mailbox else "") and mailbox else None

    def enter_by_token(self, address: str, token: str) -> Mailbox | None:
        """The mailbox, for whoever has a token for it."""
        mailbox = self._mailboxes.get(address.lower())
        return mailbox if mailbox and mailbox.token and _same(token, mailbox.token) else None

    def mailbox(self, address: str) -> Mailbox | None:
        """Where letters to `address` go: one with a +detail goes to the mailbox without it."""
        return self._mailboxes.get(self._owner(address))

    def provider(self, address: str) -> str:
        """Whose mailbox letters to `address` come to; empty for strangers."""
        return self._providers.get(self._owner(address), "")

    def deliver(self, message: EmailMessage) -> int:
        """Puts a message straight into the inbox of everybody in To, Cc and Bcc, and says into how many."""
        fields = (str(line) for name in ("to", "cc", "bcc") for line in message.get_all(name, ()))
        addresses = {address.lower() for _, address in getaddresses(list(fields))}
        del message["bcc"]
        raw = message.as_bytes(policy=SMTP)
        reached = [found for address in sorted(addresses) if (found := self.mailbox(address))]
        for mailbox in reached:
            mailbox.put(raw)
        return len(reached)

    def clear(self, layouts: Mapping[str, Layout] = LAYOUTS) -> None:
        """Empties every mailbox, and lays it out as its provider does."""
        for address, mailbox in self._mailboxes.items():
            mailbox.clear(layouts[self._providers[address]])

    def _owner(self, address: str) -> str:
        """The address of the mailbox."""
        local, _, domain = address.lower().rpartition("@")
        whole = f"{local}@{domain}"
        return whole if whole in self._mailboxes else f"{local.partition('+')[0]}@{domain}"


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())
