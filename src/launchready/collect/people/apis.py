"""What the portal itself says of its API: paths in its scripts, and its OpenAPI document. Read once in a run."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from launchready.collect.html import script_paths
from launchready.collect.people.openapi import Operation, document, operations
from launchready.collect.people.pages import Page
from launchready.errors import Refused, StoreError, UsageError, WireError
from launchready.evidence import Missing
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.visitor import Visitor

DOCUMENTS = (
    "/openapi.json /api/openapi.json /swagger.json /api/swagger.json /api-docs /v3/api-docs /swagger/v1/swagger.json"
    " /api/v1/openapi.json /api/v2/openapi.json /api/schema/?format=json /openapi.yaml /swagger.yaml"
).split()
"""Where portals often keep their OpenAPI document."""
_MOST_SCRIPTS = 6
_CORRECT = "correct `openapi` in [authz], or leave it out"

__all__ = ["Apis", "Described", "Operation", "of_file", "read_file"]


@dataclass(frozen=True, slots=True)
class Described:
    """What an OpenAPI document says, and where it was found, raw: an address, or that of the portal for a file."""

    url: str
    operations: tuple[Operation, ...]


@dataclass(slots=True)
class Apis:
    """Asks as a stranger, when first needed."""

    wire: Wire
    site: Site
    _scripts: dict[str, asyncio.Task[bytes]] = field(default_factory=dict)
    _document: asyncio.Task[Described | Missing | None] | None = None

    async def paths(self, pages: Iterable[Page]) -> tuple[str, ...]:
        """Whole paths that stand in these pages and the portal's own scripts on them."""
        found: dict[str, None] = {}
        urls: dict[str, None] = {}
        for page in pages:
            found.update(dict.fromkeys(script_paths(page.answer.body)))
            urls.update(dict.fromkeys(page.scripts))
        return tuple(found | dict.fromkeys(await self.paths_in(urls)))

    async def paths_in(self, scripts: Iterable[str]) -> tuple[str, ...]:
        """Whole paths that stand in the portal's own scripts at these raw addresses."""
        own = [url for url in scripts if urlsplit(url).hostname in self.site.hosts]
        bodies = await asyncio.gather(*(self._script(url) for url in own[:_MOST_SCRIPTS]))
        return tuple(dict.fromkeys(path for body in bodies for path in script_paths(body)))

    async def operations(self) -> tuple[Operation, ...]:
        """All operations of the OpenAPI document; none where there is no document."""
        found = await self.document()
        return found.operations if isinstance(found, Described) else ()

    async def document(self) -> Described | Missing | None:
        """The OpenAPI document that strangers get, or that the portal file names; None where none was found.

        Raises:
            UsageError: the file that the portal file names cannot be used.
        """
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

    async def _find(self) -> Described | Missing | None:
        given = self.site.authz.openapi
        if isinstance(given, Path):
            return of_file(given, self.site)
        if given is not None:
            return await self.described(Visitor(self.wire.http), given)
        for path in DOCUMENTS:
            found = await self.described(Visitor(self.wire.http), urljoin(self.site.portal.url, path))
            if isinstance(found, Described):
                return found
        return None

    async def described(self, visitor: Visitor, url: str) -> Described | Missing:
        """What a document at this address says to this visitor; or why nothing.

        Raises:
            StoreError: the journal cannot be written.
        """
        where = self.wire.redact.url(url)
        try:
            answer = await visitor.fetch("GET", url)
        except StoreError:
            raise
        except WireError as error:
            cause = Cause.NO_CONSENT if isinstance(error, Refused) else Cause.UNREACHABLE
            return Missing(cause, f"the document at {where} could not be had: {error}", error.settle_by)
        if answer.exchange.status != 200:
            cause = Cause.NOT_AUTHORISED if answer.exchange.status in (401, 403) else Cause.NOT_COLLECTED
            return Missing(
                cause, f"{where} answered {answer.exchange.status} instead of a document", _CORRECT
            )
        why = "it is larger than [crawl] max_bytes" if answer.exchange.truncated else "it is a page"
        is_page = answer.body.lstrip()[:1] == b"<"
        content = why if answer.exchange.truncated or is_page else document(answer.body)
        if isinstance(content, str):
            return Missing(
                Cause.AMBIGUOUS, f"{where} holds no document that can be used: {content}", _CORRECT
            )
        return _described(content, url, self.site)


def of_file(path: Path, site: Site) -> Described:
    """What the document that [authz] names says.

    Raises:
        UsageError: it is none that can be used.
    """
    content = document(read_file(path, "openapi", site.crawl.max_bytes))
    if isinstance(content, str):
        raise UsageError(f"`openapi` in [authz]: {path} cannot be used: {content}")
    return _described(content, site.portal.url, site)


def _described(content: dict[str, Any], url: str, site: Site) -> Described:
    hosts = (*site.hosts, *site.scope.hosts)
    return Described(url, operations(content, url, hosts, site.portal.url))


def read_file(path: Path, key: str, most: int) -> bytes:
    """A file that [authz] names.

    Raises:
        UsageError: it cannot be read, or is larger than so many bytes.
    """
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise UsageError(f"`{key}` in [authz]: {path} cannot be read: {reason}") from None
    if len(body) > most:
        raise UsageError(
            f"`{key}` in [authz]: {path} is larger than {most:,} bytes, which is [crawl] max_bytes"
        )
    return body
