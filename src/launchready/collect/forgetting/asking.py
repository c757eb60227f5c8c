"""Asking for a reset as a stranger, under the portal's name and under another, and reading the mail that comes of it."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from launchready.collect._gaps import gap
from launchready.collect.forgetting.mail import (
    Secret,
    bits,
    derived_from,
    secret_in,
    stated_minutes,
    token_minutes,
)
from launchready.collect.forgetting.pages import Entry, setting_form
from launchready.collect.forgetting.sending import ask_for_reset
from launchready.collect.people import People, SignedIn
from launchready.collect.people.pages import Page
from launchready.collect.sending_on.evading import ELSEWHERE
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.password_reset import ForgedHost, ResetLink
from launchready.site.services import Mailbox
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.imap import Message

PATIENCE = 30.0
"""Seconds that a mail may take."""
_LITTLE_PATIENCE = 2.0
"""The same where the answer shows the way in already."""
_NO_MAILBOX = Missing(
    Cause.NOT_COLLECTED,
    "no test identity has a mailbox, so nobody can read what a reset sends",
    "give a test identity a mailbox: the name of a [[mailbox]] with imap_host, username and password",
)
_FORGED = (
    ("x-forwarded-host", (("X-Forwarded-Host", ELSEWHERE), ("Forwarded", f"host={ELSEWHERE}"))),
    ("host", (("Host", ELSEWHERE),)),
)


@dataclass(slots=True)
class Asked:
    """One reset asked for: the page it was asked on, the answers, and what came by mail. Raw."""

    page: Page
    answers: tuple[Answer, ...]
    secret: Secret | None = None
    text: str = ""
    seconds: float = 0.0


class Asking:
    """Resets of one identity.

    Attributes:
        session: its.
    """

    def __init__(self, people: People, entry: Entry, session: SignedIn, box: Mailbox | None) -> None:
        self._people, self._wire, self._site = people, people.wire, people.site
        self._entry, self._box = entry, box
        self.session = session
        parts = urlsplit(people.site.portal.url)
        self._scheme, self._netloc = parts.scheme, parts.netloc
        self._patience = PATIENCE

    async def ask(self, headers: tuple[tuple[str, str], ...] = ()) -> Asked:
        """Ask for a reset as a stranger, and read the mail that comes of it."""
        since = await self._wire.imap.newest_uid(self._box) if self._box is not None else 0
        identity = self.session.identity
        page, answers, sent = await ask_for_reset(
            self._people, self._entry, identity, self._box, headers=headers
        )
        asked = Asked(page, answers)
        if self._box is None or not sent or answers[0].exchange.status >= 400:
            return asked
        clock = asyncio.get_running_loop().time
        began = clock()
        shown = self._shown(asked)
        message = await self._wire.imap.wait_for(
            self._box,
            lambda each: self._secret(each) is not None,
            since=since,
            patience=_LITTLE_PATIENCE if shown else self._patience,
        )
        if message is not None:
            asked.secret, asked.text, asked.seconds = self._secret(message), message.text, clock() - began
            self._patience = min(self._patience, 10.0 + 3 * asked.seconds)
        else:
            asked.secret = shown
        return asked

    def _known(self) -> tuple[tuple[str, str], ...]:
        identity = self.session.identity
        address = self._box.address if self._box is not None else ""
        username = identity.username
        called = "the address" if "@" in username else "the user name"
        return (
            (called, username),
            ("the address", address),
            ("the name before the @", username.partition("@")[0]),
            ("the name of the role", identity.role),
        )

    def _secret(self, message: Message) -> Secret | None:
        return secret_in(message.links, message.text, (value for _, value in self._known()))

    def link(self, asked: Asked) -> ResetLink | Missing:
        """What came by mail, as evidence."""
        if self._box is None:
            return _NO_MAILBOX
        if asked.answers[0].exchange.status >= 400:
            status = asked.answers[0].exchange.status
            return Missing(
                Cause.AMBIGUOUS, f"asking for a reset was refused ({status})", "ask for one by hand"
            )
        if asked.secret is None:
            what = f"no mail with a link came within {self._patience:g} s of asking for a reset"
            return Missing(
                Cause.AMBIGUOUS, what, "see that the test account's mailbox gets the portal's mail"
            )
        now = self._wire.now().timestamp()
        value = asked.secret.value
        minutes = token_minutes(value, now)
        stated_in = "token" if minutes else ""
        if not minutes and (minutes := stated_minutes(asked.text)):
            stated_in = "mail"
        return ResetLink(
            host=asked.secret.host,
            secure=asked.secret.link.startswith("https:"),
            bits=bits(value),
            derived_from=derived_from(value, self._known(), now),
            states_minutes=minutes,
            stated_in=stated_in,
        )

    def _shown(self, asked: Asked) -> Secret | None:
        """A way in that stands in the answer itself, and did not on the page where the reset was asked for."""
        pages = [self.page(each) for each in asked.answers]
        before = {link.url for link in asked.page.links}
        own = (
            link.url
            for page in pages
            for link in page.links
            if urlsplit(link.url).hostname in self._site.hosts
        )
        known = [value for _, value in self._known()]
        new = [url for url in dict.fromkeys(own) if url not in before]
        return next(filter(None, (secret_in((url,), "", known) for url in new)), None)

    async def is_in_answer(self, asked: Asked) -> bool | Missing:
        """Whether the answer gave away what only the mail should hold."""
        raw = b"\n".join(each.body + each.location.encode("utf-8", "replace") for each in asked.answers)
        if asked.secret is not None and len(asked.secret.value) >= 8 and asked.secret.value.encode() in raw:
            return True
        shown = self._shown(asked)
        if shown is None:
            return False
        try:
            answers = await self._people.stranger(Touch.PROBE).follow("GET", shown.link)
        except WireError as error:
            return gap(error, "where a link in the answer to asking for a reset leads was not seen")
        return setting_form(self.page(answers[-1])) is not None

    def page(self, answer: Answer) -> Page:
        """An answer with its raw address."""
        return Page(self._wire.http.address_of(answer.exchange.url), answer)

    async def forge(self, first: Asked) -> tuple[tuple[ForgedHost, ...] | Missing, Asked]:
        """Ask again under another name, each way; gives the last reset whose mail came."""
        found: list[ForgedHost] = []
        newest = first
        for header, headers in _FORGED:
            try:
                asked = await self.ask(headers)
            except WireError as error:
                return gap(error, "whether the request's host reaches the mail was not tried"), newest
            link_host = asked.secret.host if asked.secret else ""
            poisoned = link_host == ELSEWHERE or link_host.endswith(f".{ELSEWHERE}")
            found.append(ForgedHost(header, asked.answers[0].exchange, link_host, poisoned))
            newest = asked if asked.secret is not None else newest
        return tuple(found), newest

    def own(self, secret: Secret) -> str:
        """The link on the portal's own host, whatever name it was forged to."""
        host = secret.host
        return secret.link if host in self._site.hosts else secret.at(self._netloc, self._scheme)
