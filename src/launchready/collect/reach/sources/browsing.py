"""What the scripts of an identity's pages ask, as that identity in a browser."""

import json
import re
from collections.abc import Iterable, Iterator

from launchready.collect.addresses import host_of
from launchready.collect.people import People
from launchready.collect.people.attempts import token_in
from launchready.collect.people.browser_session import signed_in_tab
from launchready.collect.people.browser_way import answer_of
from launchready.collect.people.forms import Form, encode
from launchready.collect.people.pieces import is_telling, pieces
from launchready.collect.reach.call import Call, Offered, Shown
from launchready.collect.reach.sources import graphql
from launchready.collect.reach.sources.found import Browsed
from launchready.collect.reach.sources.keeping import (
    field_names,
    kept_headers,
    may_be_read,
    signs_somebody,
)
from launchready.collect.reach.sources.walking import Key, Walk, key_of
from launchready.collect.wording import address_says
from launchready.errors import StoreError, WireError
from launchready.evidence.http import Crawl, Page
from launchready.evidence.redact import Redactor
from launchready.wire import Touch
from launchready.wire.observed import Told
from launchready.wire.visitor import Visitor

_MOST_SEARCHES = 10
_LONGEST_LABEL = 120
_OF_BROWSER = re.compile(
    r"sec-|:|cookie$|authorization$|host$|user-agent$|accept-|content-length$|connection$"
)
_TELLING = 2
"""Values that an answer must show beyond what was sent, for the request to be one that reads."""


async def browsed(people: People, crawl: Crawl, name: str) -> Browsed:
    """Walk through the portal as this identity.

    Raises:
        NoBrowserError: there is no browser.
        WireError: we could not be signed in.
    """
    session = await people.alive(name)
    starts = _starts(people, crawl, name)
    async with signed_in_tab(people, session) as (profile, tab):
        may_write = people.wire.gate.consent >= Touch.PROBE and session.identity.test
        walk = Walk(people.site, profile, tab, fills_in=may_write)
        await walk.go((tab.url, *starts) if tab.url.startswith("http") else starts)
    session = await people.alive(name)
    redact = people.wire.redact
    heard = {each.key: each for each in walk.heard if not _is_about_a_session(each.told)}
    searches = await _searches([each.told for each in heard.values()], session.visitor, redact)
    offered: list[Offered] = []
    shown: list[Shown] = []
    for key, each in heard.items():
        told, query = each.told, graphql.queried(*key)
        reads = key in searches or (may_be_read(told.method, told.url) if query is None else query)
        call = Call(told.method, told.url, kept_headers(told.headers.items()), told.sent, "browser", reads)
        if not reads:
            offered.append(Offered(call, name, _names(told), page=each.page))
        elif 200 <= told.status < 300:
            shown.append(Shown(call, name, answer_of(told, redact)))
    offered += _controls(walk.forms, name, people, crawl)
    seen = dict.fromkeys(each.told.url for each in walk.heard)
    return Browsed(
        tuple(offered),
        tuple(shown),
        tuple(seen),
        tuple(sorted(walk.scripted)),
        frozenset(walk.heard_out),
        walk.left,
    )


async def _searches(told: list[Told], visitor: Visitor, redact: Redactor) -> frozenset[Key]:
    """Which of these only read: searches, which are answered the same when they are sent once more.

    Each was sent by a page by itself, as on any visit, and was answered with more than it said.
    """
    found: set[Key] = set()
    for each in [one for one in told if _may_search(one, redact)][:_MOST_SEARCHES]:
        headers = [(name, value) for name, value in each.headers.items() if not _OF_BROWSER.match(name)]
        try:
            again = await visitor.fetch("POST", each.url, headers=headers, body=each.sent)
        except StoreError:
            raise
        except WireError:
            continue
        if again.exchange.status == each.status and pieces(again) == pieces(answer_of(each, redact)):
            found.add(key_of(each.method, each.url, each.sent))
    return frozenset(found)


def _may_search(told: Told, redact: Redactor) -> bool:
    if told.method != "POST" or told.status != 200 or not told.sent or address_says(told.url):
        return False
    shown = pieces(answer_of(told, redact))
    fresh = sum(is_telling(value) and value not in told.sent for value in shown)
    return graphql.queried(told.method, told.url, told.sent) is None and fresh >= _TELLING


def _controls(
    forms: Iterable[tuple[str, Form]], name: str, people: People, crawl: Crawl
) -> Iterator[Offered]:
    """Forms that only scripts put into a page: those that the crawl found in its pages are known without."""
    known: set[tuple[str, tuple[str, ...]]] = set()
    for page, form in forms:
        names = tuple(dict.fromkeys(each.name for each in form.fields if each.name))
        url = people.wire.redact.url(form.action)
        if (
            form.method != "post"
            or not form.declared
            or url in crawl.post_forms
            or (form.action, names) in known
        ):
            continue
        known.add((form.action, names))
        if people.site.in_scope(host_of(form.action)) and not signs_somebody("POST", form.action, names):
            media, body = encode(form, form.filled({}))
            call = Call("POST", form.action, (("content-type", media),), body, "form", reads=False)
            yield Offered(call, name, names, page, " ".join(form.says.split())[:_LONGEST_LABEL])


def _starts(people: People, crawl: Crawl, name: str) -> list[str]:
    """Pages that the identity was shown, those first that strangers are not and that stand for a section.

    One of each shape, and none that is the same document as another.
    """
    public = {page.url for page in crawl.seen_by() if page.exchange.status == 200}
    by_digest: set[str] = set()
    by_shape: dict[str, str] = {}
    pages = [page for page in crawl.seen_by(name) if page.exchange.is_html and page.exchange.status == 200]

    def rank(page: Page) -> tuple[bool, bool, int, str]:
        return page.source != "start", page.url in public, page.url.count("/"), page.url

    for page in sorted(pages, key=rank):
        if page.source == "probe" or page.exchange.digest in by_digest:
            continue
        by_digest.add(page.exchange.digest)
        by_shape.setdefault(page.shape, people.wire.http.address_of(page.url))
    return list(by_shape.values())


def _names(told: Told) -> tuple[str, ...]:
    return field_names(told.sent, told.headers.get("content-type", "").partition(";")[0].strip().lower())


def _is_about_a_session(told: Told) -> bool:
    """Whether a request is about signing in or keeping signed in."""
    if told.method == "OPTIONS" or signs_somebody(told.method, told.url, _names(told)):
        return True
    if told.method in ("GET", "HEAD") or told.body[:1] != b"{":
        return False
    try:
        return bool(token_in(json.loads(told.body)).access)
    except (ValueError, RecursionError):
        return False
