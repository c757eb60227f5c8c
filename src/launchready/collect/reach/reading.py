"""What is kept of an answer: the values it shows, the addresses it names, and the records it lists. Pure."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.addresses import resolve
from launchready.collect.charset import decoded
from launchready.collect.links import Links, read_links
from launchready.collect.people.forms import Form
from launchready.collect.people.pieces import is_for_sharing, kind_of, pieces
from launchready.collect.reach.excess import excess_fields
from launchready.collect.reach.places import leaves
from launchready.collect.reach.questions import questions
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

MOST = 2_000
"""Links, records and fields taken from one answer."""
_KEYS = ("id", "uuid", "guid", "_id", "pk", "key", "slug", "number", "code", "reference", "ref", "name")
_XML_LINK = re.compile(rb"(?:<link>|<guid[^>]*>|<loc>|\bhref=[\"'])\s*(https?://[^<\"'\s]{1,2000})")
_TEXT_LINK = re.compile(rb"https?://[^\s,;\"'<>]{1,2000}")
_TABLES = ("text/csv", "text/plain", "text/tab-separated-values", "application/csv")
_CELLS = re.compile(rb"[,;\t|]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer, without its body.

    Attributes:
        exchange: the redacted record of it.
        kind: page, api or file.
        pieces: the values that it shows.
        links: addresses that it names, raw, sorted.
        records: addresses where the records of its lists would be, as REST has it, raw, sorted.
        fields: (name, value) of JSON leaves.
        secrets: names of fields with a value that nobody should be shown: of JSON, or of what a page hands its scripts.
        searches: (address, name of the field) of its forms that search, raw.
        questions: its forms that only show what is chosen in them, raw.
        is_for_sharing: a page that says what other sites and search engines are to show of it.
    """

    exchange: Exchange
    kind: str
    pieces: frozenset[bytes]
    links: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    fields: frozenset[tuple[str, str]] = frozenset()
    secrets: tuple[str, ...] = ()
    searches: tuple[tuple[str, str], ...] = ()
    questions: tuple[Form, ...] = ()
    is_for_sharing: bool = False

    @property
    def is_given(self) -> bool:
        """Whether it claims to show something."""
        return 200 <= self.exchange.status < 300


def read(answer: Answer, url: str) -> Reading:
    """Read one answer to a request of this address."""
    kind = kind_of(answer)
    shown = pieces(answer)
    links: dict[str, None] = {}
    records: dict[str, None] = {}
    fields: set[tuple[str, str]] = set()
    found: Links | None = None
    if 200 <= answer.exchange.status < 300:
        found = read_links(answer.body, answer.exchange, url)
        links |= found.follow | dict.fromkeys(found.anchors)
        if kind == "api":
            data = _decoded(answer.body)
            links |= found.named
            records |= dict.fromkeys(_records(data, url))
            for way, leaf in leaves(data):
                name = way.rpartition(".")[2]
                if len(fields) < MOST and not isinstance(leaf, bool):
                    fields.add((name, str(leaf)))
        elif kind == "file":
            if answer.exchange.media_type in _TABLES:
                shown |= {
                    cell
                    for line in shown
                    for each in _CELLS.split(line)
                    if len(cell := each.strip(b"\" '")) >= 3
                }
            pattern = _XML_LINK if answer.exchange.media_type.endswith("xml") else _TEXT_LINK
            named = (each.decode("utf-8", "replace") for each in pattern.findall(answer.body[:500_000]))
            links |= dict.fromkeys(filter(None, (resolve(url, each.replace("&amp;", "&")) for each in named)))
    return Reading(
        answer.exchange,
        kind,
        shown,
        tuple(sorted(links)[:MOST]),
        tuple(sorted(records)[:MOST]),
        frozenset(fields),
        excess_fields(answer) if found is not None else (),
        tuple(sorted(_searches(answer, found.searches, url))) if found is not None else (),
        questions(answer, url) if found is not None and kind == "page" else (),
        is_for_sharing(answer),
    )


def _searches(answer: Answer, actions: Iterable[str], url: str) -> Iterator[tuple[str, str]]:
    """The field that words go into, of each form that is known to search."""
    known = frozenset(actions)
    if not known:
        return
    tree = LexborHTMLParser(decoded(answer.body, next(iter(answer.exchange.values("content-type")), "")))
    for form in tree.css("form")[:MOST]:
        action = resolve(url, form.attributes.get("action") or "") or url
        fields = form.css("input[type=search][name],input[type=text][name],input:not([type])[name]")
        if action in known and fields:
            yield action, fields[0].attributes.get("name") or ""


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _records(data: Any, url: str) -> Iterator[str]:
    """Where the records of a list would be, as REST has it: /orders lists, /orders/17 is one."""
    lists = [data] if isinstance(data, list) else [*data.values()] if isinstance(data, dict) else []
    parts = urlsplit(url)
    folder = parts._replace(path=parts.path.rstrip("/"), query="").geturl()
    for records in lists:
        for record in records[:MOST] if isinstance(records, list) else ():
            names = (record.get(key) for key in _KEYS) if isinstance(record, dict) else ()
            name = next((n for n in names if isinstance(n, str | int) and not isinstance(n, bool)), "")
            if name != "" and "/" not in str(name) and len(str(name)) <= 80:
                yield f"{folder}/{name}"
