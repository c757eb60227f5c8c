"""How does the portal describe its JSON interface? As OpenAPI 3.1, made from the endpoints themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from launchready_testbed.portal.api import ENDPOINTS
from launchready_testbed.portal.api_reads import TABLES
from launchready_testbed.portal.interface import PREFIX
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import World

_BODIES: dict[str, tuple[str, ...]] = {
    "POST /tickets": ("title", "body"),
    "PATCH /tickets/{id}": ("title", "body", "status"),
    "POST /tickets/{id}/comments": ("body",),
    "PATCH /documents/{id}": ("name",),
    "POST /approvals": ("subject",),
    "POST /approvals/{id}/decision": ("decision",),
    "PATCH /profile": ("name", "phone"),
    "POST /announcements": ("title", "body"),
    "PATCH /users/{id}": ("name",),
}
"""Text fields of what is sent; those of a PATCH may be left out."""
_LOOKUP = "POST /tickets/lookup"
_CREATES = frozenset({"POST /tickets", "POST /approvals", "POST /announcements"})
_ADMINS = frozenset(
    {"GET /users", "PATCH /users/{id}", "GET /audit", "POST /announcements", "DELETE /announcements/{id}"}
)
_STAFF = frozenset({"GET /clients", "GET /clients/{id}"})
_PUBLIC = frozenset({"/status"})


def describe(server: str) -> dict[str, Any]:
    """The description of the interface at `server`."""
    paths: dict[str, dict[str, Any]] = {}
    for method, route, _endpoint in ENDPOINTS:
        path = route.replace(":int", "")
        paths.setdefault(PREFIX + path, {})[method.lower()] = _operation(method, path)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Harbour Client Portal", "version": "1.4.0"},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}}},
    }


def _operation(method: str, path: str) -> dict[str, Any]:
    name = f"{method} {path}"
    operation: dict[str, Any] = {
        "operationId": method.lower() + re.sub(r"\W+", "_", path).rstrip("_"),
        "summary": _for_whom(name),
        "parameters": list(_parameters(method, path)),
        "responses": {
            _success(name): {"description": "Done"},
            "401": {"description": "Nobody has signed in"},
        },
        "security": [] if path in _PUBLIC else [{"session": []}],
    }
    fields: dict[str, Any] = {field: {"type": "string"} for field in _BODIES.get(name, ())}
    if name == _LOOKUP:
        fields = {"ids": {"type": "array", "items": {"type": "integer"}}}
    if fields:
        schema = {"type": "object", "properties": fields}
        if method == "POST":
            schema["required"] = list(fields)
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _parameters(method: str, path: str) -> Iterator[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1}
    for each in re.findall(r"\{(\w+)\}", path):
        yield {"name": each, "in": "path", "required": True, "schema": {"type": "integer"}}
    if method == "GET" and path.strip("/") in TABLES:
        yield {"name": "page", "in": "query", "schema": number}
        yield {"name": "client", "in": "query", "schema": number}
        yield {"name": "X-Client-Id", "in": "header", "schema": number}
    if (method, path) == ("GET", "/tickets"):
        yield {"name": "status", "in": "query", "schema": {"enum": ["open", "waiting", "closed"]}}
    if (method, path) == ("GET", "/tickets/{id}"):
        yield {"name": "include", "in": "query", "schema": {"enum": ["comments", "similar"]}}
    if method != "GET" and f"{method} {path}" != _LOOKUP:
        yield {"name": "X-CSRF-Token", "in": "header", "required": True, "schema": {"type": "string"}}


def _success(name: str) -> str:
    if name in _CREATES:
        return "201"
    method = name.partition(" ")[0]
    return "204" if method in ("PATCH", "DELETE") or name.endswith("/comments") else "200"


def _for_whom(name: str) -> str:
    if name in _ADMINS:
        return "For administrators"
    return "For our own staff" if name in _STAFF else "For whoever has signed in"


async def openapi(request: Request) -> Response:
    """The description as a file."""
    world: World = request.scope["world"]
    return JSONResponse(describe(world.origin()))


ROUTES = (Route("/openapi.json", openapi),)
