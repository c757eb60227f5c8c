"""Requests that links and forms do not show: of scripts, of API documents, and of recordings. Live; never evidence.

`learned` gives them for one party. What a document offers is asked as that party where it reads and names no record, or
one that the party was shown itself: only so is the answer its own.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from launchready.collect.people import People
from launchready.collect.people.apis import DOCUMENTS, Described, of_file
from launchready.collect.people.pieces import kind_of
from launchready.collect.reach.call import Call, Offered, Shown
from launchready.collect.reach.sources import described, graphql
from launchready.collect.reach.sources.browsing import browsed
from launchready.collect.reach.sources.filling import Known, completed
from launchready.collect.reach.sources.found import Browsed, Learned
from launchready.collect.reach.sources.open_slots import filled, open_slots
from launchready.collect.reach.sources.recorded import recordings
from launchready.errors import Refused, SignInFailed, StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS
from launchready.evidence.http import Crawl
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.chromium import NoBrowserError
from launchready.wire.visitor import Visitor

__all__ = ["Learned", "check_files", "filled", "learned", "open_slots"]

_MOST = 2_000
"""Operations in all."""
_MOST_ASKED = 300
"""Requests that documents offer, made as one party."""
_RECORDS = 2
"""Records that each of them is asked for."""
_ROUNDS = (False, False, True)
"""Lists name records, records name further ones; at last what is no id may serve as one."""
_AT_ONCE = 8

Unlooked = tuple[tuple[str, Missing], ...]


@dataclass(slots=True)
class _Run:
    """What is known of one run."""

    documents: asyncio.Task[Learned] | None = None
    parties: dict[str, asyncio.Task[Learned]] = field(default_factory=dict)


_RUNS: WeakKeyDictionary[People, _Run] = WeakKeyDictionary()


def check_files(site: Site) -> None:
    """Read the files that [authz] names, so that what is wrong with them is said before anything is asked.

    Raises:
        UsageError: one of them cannot be used.
    """
    if isinstance(site.authz.openapi, Path):
        of_file(site.authz.openapi, site)
    recordings(site)


async def learned(people: People, crawl: Crawl, party: str) -> Learned:
    """All of it for one party, looked up once in a run.

    Args:
        people: of this run.
        crawl: with the pages that everybody saw.
        party: an identity's name, or "anonymous": who is not signed in gets what documents offer, with nothing asked.

    Raises:
        UsageError: a file that [authz] names cannot be used.
        StoreError: the journal cannot be written.
    """
    run = _RUNS.setdefault(people, _Run())
    if run.documents is None:
        run.documents = asyncio.create_task(_documents(people))
    documents = await asyncio.shield(run.documents)
    if party == ANONYMOUS:
        return documents
    if party not in run.parties:
        run.parties[party] = asyncio.create_task(_of_party(people, crawl, party, documents))
    return await asyncio.shield(run.parties[party])


async def _documents(people: People) -> Learned:
    """What documents and recordings offer whomever."""
    site = people.site
    unlooked: list[tuple[str, Missing]] = []
    offered: list[Offered] = []
    document = await people.apis.document()
    if document is None or (isinstance(document, Missing) and document.cause is Cause.NOT_AUTHORISED):
        document = await _guarded(people) or document
    if isinstance(document, Described):
        offered += described.offered(document.operations, site.portal.url)
    elif document is not None:
        unlooked.append(("openapi", document))
    offered += recordings(site)
    return Learned(_sorted(offered), (), tuple(unlooked))


async def _guarded(people: People) -> Described | None:
    """A document that only somebody signed in gets: asked as the one with most rights."""
    given = people.site.authz.openapi
    urls = (
        [given] if isinstance(given, str) else [urljoin(people.site.portal.url, path) for path in DOCUMENTS]
    )
    ranked = sorted(people.site.identities, key=lambda identity: (not identity.admin, bool(identity.tenant)))
    for identity in ranked[:1]:
        try:
            visitor = (await people.shared(identity.name)).visitor
        except StoreError:
            raise
        except WireError:
            return None
        for url in urls:
            found = await people.apis.described(visitor, url)
            if isinstance(found, Described):
                return found
    return None


async def _of_party(people: People, crawl: Crawl, party: str, documents: Learned) -> Learned:
    unlooked = list(documents.unlooked)
    walked, unwalked = Browsed(), None
    try:
        walked = await browsed(people, crawl, party)
        if walked.left:
            unlooked.append((party, _LEFT))
    except StoreError:
        raise
    except WireError as error:
        unwalked = _missing(error, f"no browser walked through the portal as {party}")
        unlooked.append((party, unwalked))
    try:
        session = await people.alive(party)
    except StoreError:
        raise
    except WireError as error:
        unlooked.append((party, _missing(error, f"nothing could be asked as {party}")))
        offers = _sorted((*documents.offered, *walked.offered))
        return Learned(offers, _by_call(walked.shown), tuple(unlooked), unwalked)
    named = (*walked.seen, *(each.call.url for each in documents.offered))
    schemas, silent = await _schemas(people, crawl, session.visitor, named)
    offered = (*_with_searches(documents.offered, walked.shown), *walked.offered, *schemas)
    may_try = people.wire.gate.consent >= Touch.PROBE and not any(map(_describes_write, offered))
    untried = tuple((page, _SCRIPTED) for page in walked.scripted if may_try)
    own = [each for each in offered if each.call.source in ("openapi", "graphql")]
    asked, beyond = await _asked(session.visitor, party, own, walked.shown)
    answers = _by_call((*walked.shown, *asked))
    return Learned(
        _sorted(offered), answers, (*unlooked, *silent), unwalked, beyond, untried, walked.heard_out
    )


async def _schemas(
    people: People, crawl: Crawl, visitor: Visitor, named: Iterable[str]
) -> tuple[tuple[Offered, ...], Unlooked]:
    """What GraphQL offers this visitor, wherever it is asked."""
    raw = people.wire.http.address_of
    known = (
        *(raw(page.url) for page in crawl.pages),
        *(raw(each.url) for each in crawl.unvisited),
        *crawl.post_forms,
    )
    offered: list[Offered] = []
    silent: list[tuple[str, Missing]] = []
    for url in graphql.places(people.site, (*named, *known)):
        try:
            people.wire.gate.check(url, Touch.SIGN_IN)
        except Refused:
            continue
        if not await graphql.is_there(visitor, url):
            if people.site.authz.graphql is not None:
                silent.append(("graphql", _NO_GRAPHQL))
            continue
        found = await graphql.offered(visitor, url, people.wire.redact.url(url))
        if isinstance(found, Missing):
            silent.append(("graphql", found))
        else:
            offered += found
    return tuple(offered), tuple(silent)


async def _asked(
    visitor: Visitor, party: str, offered: Iterable[Offered], shown: tuple[Shown, ...]
) -> tuple[tuple[Shown, ...], tuple[tuple[Call, Call], ...]]:
    """Answers to what documents offer, with the ids that this party was shown itself; and what leads on from them."""
    plain, graph = Known(), Known()  # the same records may have other ids there
    for one in shown:
        (graph if _is_graph(one.call) else plain).take(one)
    room = asyncio.Semaphore(_AT_ONCE)
    answers: list[Shown] = []
    operations = list(offered)
    taken = {(one.call.method, one.call.url, one.call.body) for one in shown}
    records: Counter[int] = Counter()
    beyond: dict[tuple[int, Call], Call] = {}
    for names in _ROUNDS:
        calls: list[Call] = []
        for at, each in enumerate(operations):
            its = graph if _is_graph(each.call) else plain
            for call in completed(each, its, _RECORDS - records[at], names=names):
                key = (call.method, call.url, call.body)
                if key not in taken and len(taken) < _MOST_ASKED:
                    taken.add(key)
                    records[at] += 1
                    calls.append(call)
                    if each.beyond:
                        beyond[at, call] = graphql.asking(call, each.beyond)
        made = await asyncio.gather(*(_ask(visitor, party, call, room) for call in calls))
        for one in (each for each in made if each is not None):
            (graph if _is_graph(one.call) else plain).take(one)
            answers.append(one)
    answered = {one.call for one in answers}
    found = {at: (call, further) for (at, call), further in reversed(beyond.items()) if call in answered}
    return tuple(answers), tuple(found[at] for at in sorted(found))


async def _ask(visitor: Visitor, party: str, call: Call, room: asyncio.Semaphore) -> Shown | None:
    """The answer, if it shows this party anything."""
    async with room:
        try:
            answer = await visitor.fetch(call.method, call.url, headers=call.headers, body=call.body)
        except StoreError:
            raise
        except WireError:
            return None
    if not 200 <= answer.exchange.status < 300 or not answer.body or kind_of(answer) == "page":
        return None
    if call.source == "graphql":
        try:
            if not graphql.answers_something(json.loads(answer.body)):
                return None
        except (ValueError, RecursionError):
            return None
    return Shown(call, party, answer)


def _with_searches(offered: Iterable[Offered], shown: Iterable[Shown]) -> Iterator[Offered]:
    """The same; what the pages were seen to search by is known to read, whoever describes it."""
    searched = {each.call.url for each in shown if each.call.method == "POST" and not _is_graph(each.call)}
    for each in offered:
        reads = each.call.reads or (each.call.method == "POST" and each.call.url in searched)
        yield replace(each, call=replace(each.call, reads=reads))


def _describes_write(offer: Offered) -> bool:
    """Whether a document or a recording says how something is changed."""
    return offer.call.source in ("openapi", "graphql", "har", "postman") and not offer.call.reads


def _is_graph(call: Call) -> bool:
    return graphql.queried(call.method, call.url, call.body) is not None


def _sorted(offered: Iterable[Offered]) -> tuple[Offered, ...]:
    """Each once, in an order that is the same in every run; no more than there may be."""
    kept: dict[tuple[str, str, bytes, str], Offered] = {}
    for each in offered:
        kept.setdefault((each.call.url, each.call.method, each.call.body, each.party), each)
    return tuple(kept[key] for key in sorted(kept))[:_MOST]


def _by_call(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """One answer to each call, in an order that is the same in every run."""
    kept: dict[tuple[str, str, bytes], Shown] = {}
    for each in shown:
        kept.setdefault((each.call.url, each.call.method, each.call.body), each)
    return tuple(kept[key] for key in sorted(kept))


def _missing(error: WireError, says: str) -> Missing:
    match error:
        case NoBrowserError():
            cause = Cause.NOT_COLLECTED
        case Refused():
            cause = Cause.NO_CONSENT
        case SignInFailed():
            cause = Cause.NOT_AUTHORISED
        case _:
            cause = Cause.UNREACHABLE
    return Missing(cause, f"{says}: {error}", error.settle_by)


_LEFT = Missing(
    Cause.NOT_COLLECTED,
    "the browser's walk ended before it had followed every link of this identity's pages",
    "give a recording of their use as `har` in [authz]",
)
_SCRIPTED = Missing(
    Cause.NOT_COLLECTED,
    "it has a form that only a script sends, and what that sends was not tried",
    "give a description of the API (`openapi`) or a recording of the use of such forms (`har`) in [authz]",
)
_NO_GRAPHQL = Missing(
    Cause.NOT_COLLECTED,
    "no GraphQL answers where [authz] says",
    "correct `graphql` in [authz], or leave it out",
)
