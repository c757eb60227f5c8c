"""Looking and writing as one of the parties: with its own session, and its own tokens against forged requests. Raw."""

import asyncio
from urllib.parse import unquote, urlsplit

from launchready.collect._gaps import gap
from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.reach.call import Call
from launchready.collect.reach.writing.filling import Filled, encoded
from launchready.collect.reach.writing.never import is_token
from launchready.collect.reach.writing.tokens import (
    GUARD_COOKIE,
    GUARD_HEADERS,
    GUARD_KEY,
    META,
    Tokens,
    token_fields,
)
from launchready.errors import StoreError, UsageError, WireError
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Party
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor


class Acting:
    """Everybody's hands and eyes.

    Attributes:
        parties: those who may be used, by name; the anonymous one too.
        requests: made so far.
        questions: what is read by POST, as a GraphQL query, by an address with a fragment of its own.
    """

    def __init__(self, people: People, parties: tuple[Party, ...]) -> None:
        self.people = people
        self.parties = {party.name: party for party in parties}
        self.requests = 0
        self.questions: dict[str, Call] = {}
        self._tokens: dict[str, Tokens] = {}
        self._stranger = people.stranger(Touch.READ)

    async def look(self, party: str, url: str) -> Page | None:
        """What this party is shown at an address; None where there is no answer. Redirects are followed."""
        try:
            visitor = await self._visitor(party)
            if (asked := self.questions.get(url)) is not None:
                given = (*asked.headers, ("Accept", "application/json"))
                answers: tuple[Answer, ...] = (
                    await visitor.fetch(asked.method, asked.url, headers=given, body=asked.body),
                )
            else:
                answers = await visitor.follow("GET", url, most=4)
        except StoreError:
            raise
        except WireError:
            return None
        self.requests += len(answers)
        last = answers[-1]
        at = url if len(answers) == 1 else answers[-2].location
        page = Page(at, last)
        self._tokens_of(party).note(page)
        return page

    async def look_all(self, party: str, urls: tuple[str, ...]) -> tuple[Page | None, ...]:
        """The same for several, in their order."""
        return tuple(await asyncio.gather(*(self.look(party, url) for url in urls)))

    async def send(
        self, party: str, ready: Filled, file: str = "canary", *, follow: bool = True
    ) -> tuple[Answer, ...] | Missing:
        """Write as this party; the answers up to the page where it ended, or why there was none.

        Args:
            party: who sends it.
            ready: what.
            file: name of what is sent in fields for files.
            follow: ask for the page to which the answer leads too: it says what was made, and what is told there once
                does not stand in a later look.

        Raises:
            UsageError: the party is no test identity; nothing was sent.
            StoreError: the journal cannot be written.
        """
        declared = self.parties[party]
        if party != ANONYMOUS and not declared.test:
            raise UsageError(f"{party} is no test identity; nothing is written as it")
        try:
            self.people.wire.gate.check(ready.url, Touch.PROBE)
            visitor = await self._visitor(party)
            tokens, guards = await self._fresh(party, ready, visitor)
            kind, body = encoded(ready, tokens, file)
            headers = [*ready.operation.headers, *guards]
            if kind:
                headers.append(("Content-Type", kind))
            if ready.operation.carries == "json":
                headers.append(("Accept", "application/json"))
            parts = urlsplit(ready.operation.page or ready.url)
            headers.append(("Origin", f"{parts.scheme}://{parts.netloc}"))
            headers.append(("Referer", ready.operation.page or f"{parts.scheme}://{parts.netloc}/"))
            answers = await visitor.follow(
                ready.operation.sent_by,
                ready.url,
                headers=headers,
                body=body,
                touch=Touch.PROBE,
                most=2 if follow else 1,
            )
        except StoreError:
            raise
        except WireError as error:
            return gap(error)
        self.requests += len(answers)
        return answers

    def _tokens_of(self, party: str) -> Tokens:
        return self._tokens.setdefault(party, Tokens())

    async def _visitor(self, party: str) -> Visitor:
        return self._stranger if party == ANONYMOUS else (await self.people.shared(party)).visitor

    async def _fresh(
        self, party: str, ready: Filled, visitor: Visitor
    ) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
        """This party's own tokens: of the fields that the form has, and as headers."""
        operation = ready.operation
        if operation.method == "GET":
            return {}, ()
        known = self._tokens_of(party)
        names = [each.name for each in operation.fields if is_token(each)]
        tokens = known.lasting(names)
        for name in names if not tokens else ():
            own = operation.page if party == operation.party else ""
            page = (
                await self.look(party, own or known.names.get(name, ""))
                if own or name in known.names
                else None
            )
            if page is not None:
                tokens |= token_fields(page, operation.url)
                if name not in tokens and (other := known.names.get(name)) and other != page.url:
                    again = await self.look(party, other)
                    tokens |= token_fields(again, operation.url) if again is not None else {}
        if operation.form is not None and operation.source == "form":
            known.sent(tokens)
            return {name: tokens.get(name, "") for name in names}, ()
        header = next(iter(tokens.values()), "") or known.lasting_header
        if not header:
            header = await self._header_token(party, known, visitor, ready.url)
        known.sent({"": header})
        known.header = header
        return {}, tuple((name, header) for name in GUARD_HEADERS) if header else ()

    async def _header_token(self, party: str, known: Tokens, visitor: Visitor, url: str) -> str:
        """What the portal's own scripts would send in a header: from a cookie, a page's <meta>, an API or a form."""
        for name, value in visitor.held(url):
            if GUARD_COOKIE.search(name):
                return unquote(value)
        for at in [*known.pages, *known.names.values()][:3]:
            page = await self.look(party, at)
            if page is None:
                continue
            if isinstance(page.data, dict):
                found = next((v for k, v in page.data.items() if GUARD_KEY.match(str(k))), "")
                if isinstance(found, str) and found:
                    return found
            meta = page.tree.css_first(META) if page.is_html else None
            if meta is not None:
                return meta.attributes.get("content") or ""
            if fields := token_fields(page, url):
                return next(iter(fields.values()))
        return ""
