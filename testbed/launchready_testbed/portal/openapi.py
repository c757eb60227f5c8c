"""How does the portal describe its JSON interface? As OpenAPI 3.1, made from the endpoints themselves."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from launchready_testbed.portal.api import ENDPOINTS, FIELDS, PREFIX
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import World

_BODIES: dict[str, tuple[str, ...]] = {
    "/tickets": ("title", "body"),
    "/tickets/{id}/comments": ("body",),
    "/approvals/{id}/decision": ("decision",),
}
_SUCCESS = {"/tickets": "201", "/tickets/{id}/comments": "204"}
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
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    if method == "GET" and path.strip("/") in FIELDS:
        parameters.append({"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}})
    if method == "POST":
        parameters.append(
            {"name": "X-CSRF-Token", "in": "header", "required": True, "schema": {"type": "string"}}
        )
    success = _SUCCESS.get(path, "200") if method == "POST" else "200"
    operation: dict[str, Any] = {
        "operationId": method.lower() + re.sub(r"\W+", "_", path).rstrip("_"),
        "parameters": parameters,
        "responses": {success: {"description": "Done"}, "401": {"description": "Nobody has signed in"}},
        "security": [] if path in _PUBLIC else [{"session": []}],
    }
    if method == "POST":
        fields = _BODIES[path]
        schema = {
            "type": "object",
            "required": list(fields),
            "properties": {field: {"type": "string"} for field in fields},
        }
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


async def openapi(request: Request) -> Response:
    """The description as a file."""
    world: World = request.scope["world"]
    return JSONResponse(describe(world.origin()))


ROUTES = (Route("/openapi.json", openapi),)
