"""What the portal itself says of its API: paths in its scripts, and its OpenAPI document. Read once in a run."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from launchready.collect.html import script_paths
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.visitor import Visitor

DOCUMENTS = (
    "/openapi.json /api/openapi.json /swagger.json /api/swagger.json /api-docs /v3/api-docs /swagger/v1/swagger.json"
    " /api/v1/openapi.json /api/v2/openapi.json /api/schema/?format=json"
).split()
"""Where portals often keep their OpenAPI document."""
_MOST_SCRIPTS = 6
_MOST_OPERATIONS = 2_000


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an OpenAPI document.

    Attributes:
        method: in lower case.
        path: from the root of its host, with {parameters}; or a whole address where its server is named.
        fields: property names of the body it takes, required ones first.
        is_form: whether the body is a form and not JSON.
        says: its id, summary and tags.
    """

    method: str
    path: str
    fields: tuple[str, ...] = ()
    is_form: bool = False
    says: str = ""


@dataclass(slots=True)
class Apis:
    """Asks as a stranger, when first needed."""

    wire: Wire
    site: Site
    _scripts: dict[str, asyncio.Task[bytes]] = field(default_factory=dict)
    _document: asyncio.Task[tuple[Operation, ...]] | None = None

    async def paths(self, pages: Iterable[Page]) -> tuple[str, ...]:
        """Whole paths that stand in these pages and the portal's own scripts on them."""
        found: dict[str, None] = {}
        urls: dict[str, None] = {}
        for page in pages:
            found.update(dict.fromkeys(script_paths(page.answer.body)))
            urls.update(
                dict.fromkeys(url for url in page.scripts if urlsplit(url).hostname in self.site.hosts)
            )
        for body in await asyncio.gather(*(self._script(url) for url in list(urls)[:_MOST_SCRIPTS])):
            found.update(dict.fromkeys(script_paths(body)))
        return tuple(found)

    async def operations(self) -> tuple[Operation, ...]:
        """All operations of the OpenAPI document; none where there is no document."""
        if self._document is None:
            self._document = asyncio.create_task(self._find())
        return await asyncio.shield(self._document)

    async def _script(self, url: str) -> bytes:
        if url not in self._scripts:
            self._scripts[url] = asyncio.create_task(self._body(url))
        return await asyncio.shield(self._scripts[url])

    async def _body(self, url: str) -> bytes:
        try:
            answer = await Visitor(self.wire.http).fetch("GET", url)
        except WireError:
            return b""
        return answer.body if answer.exchange.status == 200 else b""

    async def _find(self) -> tuple[Operation, ...]:
        for path in DOCUMENTS:
            url = urljoin(self.site.portal.url, path)
            body = await self._body(url)
            if body.lstrip()[:1] != b"{":
                continue
            try:
                document = json.loads(body)
            except (ValueError, RecursionError):
                continue
            if isinstance(document, dict) and isinstance(document.get("paths"), dict):
                return tuple(_operations(document, url))[:_MOST_OPERATIONS]
        return ()


def _operations(document: Mapping[str, Any], url: str) -> Iterable[Operation]:
    base = _base(document, url)
    for path, item in document["paths"].items():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if not isinstance(operation, dict):
                continue
            schema, is_form = _body_schema(operation, document)
            words = (operation.get(key) or "" for key in ("operationId", "summary"))
            yield Operation(
                method.lower(), base + path, _properties(schema, document), is_form, " ".join(words)
            )


def _base(document: Mapping[str, Any], url: str) -> str:
    servers = document.get("servers")
    if isinstance(servers, list) and servers and isinstance(servers[0], dict):
        return urljoin(url, str(servers[0].get("url") or "")).rstrip("/")
    return str(document.get("basePath") or "").rstrip("/")


def _body_schema(operation: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[Any, bool]:
    body = _resolved(operation.get("requestBody"), document)
    content = body.get("content") if isinstance(body, dict) else None
    if isinstance(content, dict):
        for media, value in content.items():
            if isinstance(value, dict) and "json" in media:
                return value.get("schema"), False
        for media, value in content.items():
            if isinstance(value, dict) and "form" in media:
                return value.get("schema"), True
    parameters = [_resolved(each, document) for each in operation.get("parameters") or ()]
    for each in parameters:  # Swagger 2
        if isinstance(each, dict) and each.get("in") == "body":
            return each.get("schema"), False
    data: dict[str, Any] = {
        each["name"]: {} for each in parameters if isinstance(each, dict) and each.get("in") == "formData"
    }
    return ({"properties": data}, True) if data else (None, False)


def _properties(schema: Any, document: Mapping[str, Any], depth: int = 0) -> tuple[str, ...]:
    schema = _resolved(schema, document)
    if not isinstance(schema, dict) or depth > 4:
        return ()
    found: dict[str, None] = {}
    required = schema.get("required")
    if isinstance(required, list):
        found.update(dict.fromkeys(map(str, required)))
    properties = schema.get("properties")
    if isinstance(properties, dict):
        found.update(dict.fromkeys(map(str, properties)))
    for key in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(key) or ():
            found.update(dict.fromkeys(_properties(each, document, depth + 1)))
    return tuple(found)


def _resolved(node: Any, document: Mapping[str, Any], depth: int = 0) -> Any:
    """What a local $ref leads to."""
    if not isinstance(node, dict) or depth > 8 or not isinstance(node.get("$ref"), str):
        return node
    at: Any = document
    for part in node["$ref"].removeprefix("#/").split("/"):
        at = at.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(at, dict) else None
    return _resolved(at, document, depth + 1)
