"""GraphQL: where it is asked, what its schema tells an identity, and what can be asked there."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from launchready.collect.reach.call import Call, Offered
from launchready.collect.reach.sources.graphql_schema import INTROSPECTION, Schema
from launchready.collect.reach.sources.keeping import signs_somebody
from launchready.errors import StoreError, WireError
from launchready.evidence import Missing
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire.visitor import Visitor

HEADERS = (("accept", "application/json"), ("content-type", "application/json"))
_PLACES = ("/graphql", "/api/graphql")
_NAMED = re.compile(r"/(?:graphql|gql)(?:/|$)", re.IGNORECASE)
_OPERATION = re.compile(r"\s*(?:#[^\n]*\n\s*)*(query|mutation|subscription|fragment|\{)")
_CHANGES = re.compile(r"(?<![\w$])(?:mutation|subscription)\b[^{}]*\{")
_TEXT = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')
_MOST_PLACES = 5


def queried(method: str, url: str, body: bytes) -> bool | None:
    """Whether a request asks GraphQL and only reads; None where it is no GraphQL, or not known what it asks."""
    texts = _operations(method, url, body)
    if not texts or not all(texts) or not all(map(_OPERATION.match, texts)):
        return None
    return not any(_CHANGES.search(_TEXT.sub(" ", text)) for text in texts)


def _operations(method: str, url: str, body: bytes) -> list[str]:
    if method == "GET":
        return [value for name, value in parse_qsl(urlsplit(url).query) if name == "query"]
    try:
        data = json.loads(body) if body[:1] in (b"{", b"[") else None
    except (ValueError, RecursionError):
        return []
    several = data if isinstance(data, list) else [data]
    texts = [each.get("query") if isinstance(each, dict) else None for each in several[:50]]
    return [each if isinstance(each, str) else "" for each in texts]


def places(site: Site, seen: Iterable[str]) -> tuple[str, ...]:
    """Where GraphQL may be asked, raw: as declared, else where it was seen or named, else the usual places."""
    if site.authz.graphql is not None:
        return (urljoin(site.portal.url, site.authz.graphql),)
    named = [url.partition("?")[0] for url in seen if _NAMED.search(urlsplit(url).path)]
    usual = (urljoin(site.portal.url, place) for place in _PLACES)
    return tuple(dict.fromkeys((*named, *usual)))[:_MOST_PLACES]


async def is_there(visitor: Visitor, url: str) -> bool:
    """Whether GraphQL answers at this address, be it with an error of its own.

    Raises:
        StoreError: the journal cannot be written.
    """
    data = await _asked(visitor, url, "query{__typename}")
    if not isinstance(data, dict):
        return False
    errors = data.get("errors")
    told = (
        isinstance(errors, list) and bool(errors) and isinstance(errors[0], dict) and "message" in errors[0]
    )
    return told or (isinstance(data.get("data"), dict) and "__typename" in data["data"])


async def offered(visitor: Visitor, url: str, shown: str) -> tuple[Offered, ...] | Missing:
    """All that the schema at this address offers this visitor; why nothing, where it does not tell.

    Args:
        visitor: who asks, by name.
        url: raw.
        shown: the same, redacted.

    Raises:
        StoreError: the journal cannot be written.
    """
    schema = Schema.of(await _asked(visitor, url, INTROSPECTION))
    if schema is None:
        return Missing(
            Cause.NOT_COLLECTED,
            f"the GraphQL at {shown} does not tell {visitor.name} its schema",
            "give a recording of its use as `har` in [authz], or let test accounts read the schema",
        )
    return tuple(
        Offered(
            Call("POST", url, HEADERS, _body(each.query, each.variables), "graphql", not each.changes),
            visitor.name,
            each.fields,
            label=each.name,
            beyond=each.beyond,
        )
        for each in schema.requests()
        if not signs_somebody("POST", url, (each.name, *each.fields))
    )


def asking(call: Call, query: str) -> Call:
    """The same call with another query."""
    return replace(call, body=_body(query, json.loads(call.body).get("variables") or {}))


def answers_something(data: Any) -> bool:
    """Whether an answer of GraphQL holds anything beside errors."""
    several = data if isinstance(data, list) else [data]
    found = [
        each["data"] for each in several if isinstance(each, dict) and isinstance(each.get("data"), dict)
    ]
    return any(value not in (None, [], {}) for each in found for value in each.values())


async def _asked(visitor: Visitor, url: str, query: str) -> Any:
    try:
        answer = await visitor.fetch("POST", url, headers=HEADERS, body=_body(query, {}))
        return json.loads(answer.body) if answer.body[:1] == b"{" else None
    except StoreError:
        raise
    except (WireError, ValueError, RecursionError):
        return None


def _body(query: str, variables: dict[str, Any]) -> bytes:
    return json.dumps({"query": query, "variables": variables} if variables else {"query": query}).encode()
