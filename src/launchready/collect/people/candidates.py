"""Addresses that may be protected: what an identity was shown in the crawl, and what the API's document names. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from launchready.collect.people import words
from launchready.collect.people.apis import Operation
from launchready.evidence.http import Crawl, Exchange

_ASSETS = ("image/", "font/", "audio/", "video/", "text/css", "text/javascript")
_ASSET_TYPES = frozenset(
    """application/javascript application/x-javascript application/manifest+json application/xml text/xml""".split()
)
_PARAMETER = re.compile(r"\{[^{}/]+\}")
_IDS = ("id", "uuid", "_id", "slug", "number", "key", "code")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One address worth a look.

    Attributes:
        url: raw.
        shape: as in the crawl; of an API, with {} for what stands for a record.
        kind: page, api or file, as far as known before.
        digest: of what the identity was shown before; empty when nothing is known.
        late: strangers are led there as well, so that there is little to expect.
    """

    url: str
    shape: str
    kind: str
    digest: str = ""
    late: bool = False


def of_crawl(crawl: Crawl, name: str, raw: dict[str, str]) -> list[Candidate]:
    """One address of each template that this identity was shown; those first to which strangers are not led.

    Args:
        crawl: with the pages that the identity saw.
        name: of the identity.
        raw: the raw address of each redacted one.
    """
    strangers = {page.url: page.exchange for page in crawl.pages if page.who == "anonymous"}
    found: dict[str, Candidate] = {}
    for page in crawl.pages:
        if page.who != name or page.source == "probe" or not 200 <= page.exchange.status < 300:
            continue
        theirs = strangers.get(page.url)
        same = theirs is not None and theirs.digest == page.exchange.digest
        shape = page.shape.partition("?")[0]
        if same or not _is_content(page.exchange) or shape in found:
            continue
        late = theirs is not None and theirs.status == 200
        found[shape] = Candidate(
            raw.get(page.url, page.url), shape, _kind(page.exchange), page.exchange.digest, late
        )
    return in_turn(found.values())


def of_api(operations: Iterable[Operation], portal: str) -> list[Candidate]:
    """What the API's document says can be read without naming a record."""
    found = []
    for each in operations:
        ends = words.ENDING.search(f"{each.path} {each.says}")
        if each.method == "get" and "{" not in each.path and not ends:
            url = urljoin(portal, each.path)
            found.append(Candidate(url, url, "api"))
    return in_turn(found)


def of_list(url: str, data: Any, operations: Iterable[Operation], portal: str) -> Iterator[Candidate]:
    """The records of a list that was read, where the API's document says how one is asked for.

    Args:
        url: of the list, raw.
        data: its JSON.
        operations: of the document.
        portal: its address.
    """
    identifier = _first_id(data)
    if not identifier:
        return
    for each in operations:
        pieces = _PARAMETER.split(each.path)
        ends = words.ENDING.search(f"{pieces[-1]} {each.says}") if len(pieces) == 2 else True
        if (
            each.method != "get"
            or ends
            or urljoin(portal, pieces[0].rstrip("/")) != url.partition("?")[0].rstrip("/")
        ):
            continue
        target = urljoin(portal, pieces[0] + quote(identifier, safe="") + pieces[1])
        yield Candidate(target, urljoin(portal, pieces[0]) + "{}" + pieces[1], "api")


def in_turn(found: Iterable[Candidate]) -> list[Candidate]:
    """Pages, API and files in turn, of unlike sections; those last that strangers are led to."""
    kinds: dict[str, list[Candidate]] = {"page": [], "api": [], "file": []}
    late: list[Candidate] = []
    for each in found:
        (late if each.late else kinds[each.kind]).append(each)
    turns = zip_longest(*map(_spread, kinds.values()))
    return [each for turn in turns for each in turn if each] + _spread(late)


def words_of(shape: str) -> tuple[str, ...]:
    """The words in an address that say what it is about, first to last: no numbers, versions, or "api"."""
    segments = urlsplit(shape).path.split("/")
    kept = (s for s in segments if len(s) >= 2 and s not in ("api", "rest") and "{" not in s)
    return tuple(s for s in kept if not (len(s) <= 3 and s[0] == "v" and s[1:].isdigit()))


def _spread(found: Iterable[Candidate]) -> list[Candidate]:
    """The first address of each section before the second of any, so that few of them stand for all."""
    sections: dict[str, list[Candidate]] = {}
    for each in found:
        sections.setdefault(next(iter(words_of(each.shape)), ""), []).append(each)
    turns = zip_longest(*(sorted(each, key=lambda one: one.url) for each in sections.values()))
    return [each for turn in turns for each in turn if each]


def _first_id(data: Any) -> str:
    """What names the first record of a list, also where it stands in an envelope."""
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list) and value), None)
    first = data[0] if isinstance(data, list) and data else None
    if not isinstance(first, dict):
        return ""
    for key in _IDS:
        if isinstance(first.get(key), int | str) and not isinstance(first[key], bool):
            return str(first[key])
    return ""


def _is_content(exchange: Exchange) -> bool:
    media_type = exchange.media_type
    return not media_type.startswith(_ASSETS) and media_type not in _ASSET_TYPES and exchange.size > 0


def _kind(exchange: Exchange) -> str:
    if exchange.is_html or not exchange.media_type:
        return "page"
    return "api" if exchange.media_type.endswith("json") else "file"
