"""Which of the messages that land in a mailbox is which of the mails that were asked for.

Best by the tag, which is in the address that the mail was sent to, or in words that it repeats; else by words of its
subject; else by its being the only one that is awaited. Where nothing tells, nothing is guessed. Raw; never evidence.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from time import monotonic
from urllib.parse import urlsplit

from launchready.collect.forgetting.mail import secret_in
from launchready.collect.forgetting.pages import FORGOT
from launchready.evidence import Missing
from launchready.evidence.public_suffix import registrable
from launchready.site import Site
from launchready.site.services import Mailbox
from launchready.verdict import Cause
from launchready.wire.imap import Landed, Message, Watch

RESET = "password-reset"
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_TAG = re.compile(rf"(?<![\w-])lr[{_LETTERS}]{{8}}(?![\w-])")
"""It stands alone: within a token the same letters mean nothing."""
_PLAIN = re.compile(r"[^a-z0-9.-]")
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "Subject")
_AMBIGUOUS = Missing(
    Cause.AMBIGUOUS,
    "mails of the portal came, but nothing tells which of them this one is",
    "give its [[mail]] words of its subject, or have the mail repeat {tag}",
)


def new_tag() -> str:
    """A word that nobody else writes, as it can stand in an address; no vowels, so that it is no word of any language."""
    return "lr" + "".join(secrets.choice(_LETTERS) for _ in range(8))


def tagged(mailbox: Mailbox, tag: str) -> str:
    """The mailbox's address with the tag, where it has plus-addressing; else as it is."""
    local, _, domain = mailbox.address.rpartition("@")
    return f"{local}+{tag}@{domain}" if mailbox.plus else mailbox.address


@dataclass(slots=True, eq=False)
class Expected:
    """One mail to one mailbox.

    Attributes:
        kind: such as invite.
        mailbox: where it has to come.
        address: that it is asked for.
        tag: of this mail; several mailboxes share it where one request sends to all.
        tells: whether the tag went into what was asked for, so that the mail may show it.
        subject: words of its subject; empty where nobody knows any.
        asked_by: how it was asked for.
        asked_at: when, on the monotonic clock; infinite while it was not.
        landed: what came of it.
        why: why it was not asked for, or cannot be told.
        doubt: why its not coming may not be the mail's fault.
        waited: seconds.
    """

    kind: str
    mailbox: Mailbox
    address: str
    tag: str = ""
    tells: bool = False
    subject: str = ""
    asked_by: str = ""
    asked_at: float = float("inf")
    landed: list[Landed] = field(default_factory=list)
    why: Missing | None = None
    doubt: Missing | None = None
    waited: float = 0.0

    @property
    def is_vague(self) -> bool:
        """Whether nothing but its being awaited tells it."""
        return not self.tells and not self.subject


class Expecting:
    """All mails that are expected in one mailbox."""

    def __init__(self, site: Site, watch: Watch) -> None:
        self._site, self._watch = site, watch
        self._domains = {
            registrable(each) or each
            for each in (*site.hosts, *(a.rpartition("@")[2] for a in site.email.from_addresses))
        }
        self._vague = asyncio.Lock()
        self._awaited: list[Expected] = []

    @asynccontextmanager
    async def turn(self, expected: Expected) -> AsyncIterator[None]:
        """What is vague is asked for and awaited one after the other."""
        self._awaited.append(expected)
        if not expected.is_vague:
            yield
            return
        async with self._vague:
            yield

    async def wait(self, expected: Expected, patience: float) -> None:
        """Wait until it comes, or so many seconds from now, when it was asked for.

        Raises:
            WireError: the mailbox can no longer be read.
        """
        first = await self._watch.first(lambda landed: self._fits(expected, landed), monotonic() + patience)
        expected.waited = monotonic() - expected.asked_at
        if first is not None:
            expected.landed.append(first)

    async def close(self) -> None:
        """When all waiting is over: take what came late or twice, and what may be one that still is missing."""
        await self._watch.swept()
        for expected in self._awaited:
            if not expected.landed:
                expected.landed += [each for each in self._watch.landed if self._fits(expected, each)][:1]
        for expected in self._awaited:
            if expected.landed:
                expected.landed += [each for each in self._free() if self._repeats(expected, each)]
        missing = [each for each in self._awaited if not each.landed and each.asked_at < float("inf")]
        for expected in missing:
            untold = [
                each
                for each in self._free()
                if each.at >= expected.asked_at and not _TAG.search(said(each.message))
            ]
            own = [each for each in untold if self._is_portals(each.message)]
            if len(own) == len(missing) == 1:
                expected.landed.append(own[0])
            elif own:
                expected.why = _AMBIGUOUS
            elif untold:
                expected.why = _others(_domain(each.message) for each in untold)

    def _free(self) -> list[Landed]:
        taken = {id(each) for expected in self._awaited for each in expected.landed}
        return [each for each in self._watch.landed if id(each) not in taken]

    def _fits(self, expected: Expected, landed: Landed) -> bool:
        message = landed.message
        if landed.at < expected.asked_at or any(landed in other.landed for other in self._awaited):
            return False
        tags = set(_TAG.findall(said(message)))
        if tags:
            return expected.tag in tags
        if expected.subject:
            return expected.subject.casefold() in message.header("Subject").casefold()
        if expected.tells:
            return False
        if expected.kind == RESET:
            return _is_reset(message, expected.address)
        return self._is_portals(message)

    def _repeats(self, expected: Expected, landed: Landed) -> bool:
        """Whether it is the same mail once more."""
        first = expected.landed[0].message
        same = landed.message.header("Subject") == first.header("Subject")
        alike = landed.message.header("From") == first.header("From")
        tags = set(_TAG.findall(said(landed.message)))
        return same and alike and landed.at >= expected.asked_at and (not tags or expected.tag in tags)

    def _is_portals(self, message: Message) -> bool:
        """Whether a message seems to be the portal's: by the domain it says it is from, or by where it leads."""
        domain = _domain(message)
        if domain and (registrable(domain) or domain) in self._domains:
            return True
        return any(_host(link) in self._site.hosts for link in message.links)


def said(message: Message) -> str:
    """All that a message says where a tag may stand, in lower case."""
    lines: Iterable[str] = (message.header(name) for name in _ADDRESSED)
    return " ".join((*lines, message.text, unescape(message.html))).lower()


def _domain(message: Message) -> str:
    return message.header("From").rpartition("@")[2].strip("> \t").lower()


def _others(domains: Iterable[str]) -> Missing:
    """Why it is not sure that a mail is missing: others came, which may be it."""
    named = ", ".join(sorted({_PLAIN.sub("", each)[:80] or "nobody" for each in domains})[:3])
    told = f"it was not recognised; mail from {named} came meanwhile, which may be it"
    settle_by = f"if the portal sends from there, say so in [email] from; {_AMBIGUOUS.settle_by}"
    return Missing(Cause.AMBIGUOUS, told, settle_by)


def _is_reset(message: Message, address: str) -> bool:
    way_in = secret_in(message.links, message.text, (address, address.partition("@")[0]))
    about = f"{message.header('Subject')} {message.text or message.html} {' '.join(message.links)}"
    return way_in is not None and FORGOT.search(about) is not None


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""
