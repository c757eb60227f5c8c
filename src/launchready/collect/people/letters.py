"""Codes and links that a portal sends by mail to let somebody in. Raw; never evidence."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from launchready.collect.people import words
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.site.services import Mailbox
from launchready.wire import Wire
from launchready.wire.imap import Message

PATIENCE = 60.0
"""Seconds in which a mail has to come."""
_CODE = re.compile(r"(?<![\w/=.,:#-])(\d{3}[ -]\d{3}|\d{4,8}|[A-Z0-9]{6,8})(?![\w/=@-]|[.,]\d)")
_TOKEN = re.compile(r"[A-Za-z0-9_\-.~%]{16,}")
_NEAR = 80
"""Characters between a word for "code" and the code."""

Since = int | datetime


@dataclass(slots=True)
class Letters:
    """Reads the mailboxes of identities; a message that was used once is not used again."""

    wire: Wire
    site: Site
    _used: set[tuple[str, int]] = field(default_factory=set)

    def mailbox(self, identity: Identity) -> Mailbox | None:
        """The mailbox that this identity names."""
        return next((each for each in self.site.mailboxes if each.name == identity.mailbox), None)

    async def newest(self, identity: Identity) -> int:
        """What is there before a mail is asked for. Raises WireError."""
        mailbox = self.mailbox(identity)
        return await self.wire.imap.newest_uid(mailbox) if mailbox is not None else 0

    async def code(self, identity: Identity, since: Since) -> str:
        """The code in the next mail; empty where none comes. Raises WireError."""
        return await self._next(identity, since, code_in)

    async def link(self, identity: Identity, since: Since) -> str:
        """The link into the portal in the next mail; empty where none comes. Raises WireError."""
        return await self._next(identity, since, lambda message: link_in(message.links, self.site.hosts))

    async def link_or_code(self, identity: Identity, since: Since) -> tuple[str, str]:
        """What the next mail has: a link into the portal, else a code; both empty where none comes. Raises WireError."""

        def either(message: Message) -> str:
            return link_in(message.links, self.site.hosts) or code_in(message)

        found = await self._next(identity, since, either)
        return (found, "") if "://" in found else ("", found)

    async def _next(self, identity: Identity, since: Since, find: Callable[[Message], str]) -> str:
        mailbox = self.mailbox(identity)
        if mailbox is None:
            return ""
        name = mailbox.name
        message = await self.wire.imap.wait_for(
            mailbox,
            lambda each: (name, each.uid) not in self._used and bool(find(each)),
            since=since,
            patience=PATIENCE,
        )
        if message is None:
            return ""
        self._used.add((name, message.uid))
        return find(message)


def code_in(message: Message) -> str:
    """The code in a message: the one that follows a word for it most closely; empty where there is none."""
    text = message.text or re.sub(r"<[^>]+>", " ", message.html)
    return best_code(f"{message.header('subject')}\n{text}")


def best_code(text: str) -> str:
    """The code in a text; digits alone, without the blank or dash that makes them easy to read."""
    said = [match.end() for match in words.CODE.finditer(text)]
    ranked: list[tuple[int, int, str]] = []
    for match in _CODE.finditer(text):
        code = match[1]
        if not any(map(str.isdigit, code)):
            continue
        before = [match.start() - end for end in said if 0 <= match.start() - end <= _NEAR]
        alone = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip() == ""
        if before or alone:
            ranked.append((0 if alone else min(before), match.start(), re.sub(r"[ -]", "", code)))
    return min(ranked)[2] if ranked else ""


def link_in(links: tuple[str, ...], hosts: tuple[str, ...]) -> str:
    """The link that lets somebody in: into the portal, with something in it that cannot be guessed."""
    fitting = []
    for link in links:
        try:
            parts = urlsplit(link)
            host = parts.hostname
        except ValueError:
            continue
        values = [field.partition("=")[2] for field in parts.query.split("&")]
        secret = any(_TOKEN.fullmatch(value) for value in (*values, *parts.path.split("/")))
        if host in hosts and secret and not re.search(r"unsubscri|preferences", link, re.IGNORECASE):
            fitting.append((not words.LOGIN.search(parts.path), link))
    return min(fitting)[1] if fitting else ""
