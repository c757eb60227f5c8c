"""How does quay describe its interface? As OpenAPI 3.1, made from the handlers themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from launchready_testbed.quay.api import WRITTEN, Handler
from launchready_testbed.quay.door import PREFIX
from launchready_testbed.quay.sessions import COOKIE

_PUBLIC = frozenset({"/status", "/openapi.json", "/auth/login", "/auth/second-factor"})
_SENT: dict[str, dict[str, dict[str, str]]] = {
    "/auth/login": {
        "email": {"type": "string", "format": "email"},
        "password": {"type": "string", "format": "password"},
    },
    "/auth/second-factor": {
        "ticket": {"type": "string"},
        "code": {"type": "string", "pattern": "^[0-9]{6}$"},
    },
    **{f"/{table}": {field: {"type": "string"} for field in fields} for table, fields in WRITTEN.items()},
}
_SAYS = {
    "/auth/login": "Sign in with e-mail and password",
    "/auth/second-factor": "Finish signing in with a one-time code",
    "/auth/refresh": "Exchange the refresh cookie for new tokens",
    "/auth/logout": "Sign out",
    "/me": "Who is signed in",
}
_SUCCESS = {"/auth/logout": "204", "/orders": "201", "/messages": "201"}


def describe(server: str, endpoints: Iterable[tuple[str, str, Handler]]) -> dict[str, Any]:
    """The description of the interface at `server`."""
    paths: dict[str, dict[str, Any]] = {}
    for method, path, _handler in endpoints:
        paths.setdefault(path, {})[method.lower()] = _operation(method, path)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Quay", "version": "2.3.1"},
        "servers": [{"url": server + PREFIX}],
        "paths": paths,
        "security": [{"bearer": []}],
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "refresh": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            },
            "schemas": {
                "Tokens": {
                    "type": "object",
                    "required": ["access_token", "token_type", "expires_in"],
                    "properties": {
                        "access_token": {"type": "string"},
                        "token_type": {"type": "string", "const": "Bearer"},
                        "expires_in": {"type": "integer"},
                        "user": {"type": "object"},
                    },
                },
                "Ticket": {
                    "type": "object",
                    "required": ["status", "factors", "ticket"],
                    "properties": {
                        "status": {"const": "second_factor_required"},
                        "factors": {"type": "array", "items": {"type": "string"}},
                        "ticket": {"type": "string"},
                    },
                },
            },
        },
    }


def _operation(method: str, path: str) -> dict[str, Any]:
    success = _SUCCESS.get(path, "200") if method == "POST" else "200"
    answer: dict[str, Any] = {"description": "Done"}
    if path.startswith("/auth/") and path != "/auth/logout":
        tokens = {"$ref": "#/components/schemas/Tokens"}
        ticket = {"$ref": "#/components/schemas/Ticket"}
        schema: dict[str, Any] = {"oneOf": [tokens, ticket]} if path == "/auth/login" else tokens
        answer["content"] = {"application/json": {"schema": schema}}
    operation: dict[str, Any] = {
        "operationId": method.lower() + re.sub(r"\W+", "_", path).rstrip("_"),
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        ]
        * ("{id}" in path),
        "responses": {
            success: answer,
            "401": {"description": "Nobody is signed in, or what was sent is wrong"},
        },
    }
    if path in _SAYS:
        operation["summary"] = _SAYS[path]
    if path in _PUBLIC:
        operation["security"] = []
    elif path == "/auth/refresh":
        operation["security"] = [{"refresh": []}]
    if method == "POST" and path in _SENT:
        schema = {"type": "object", "required": list(_SENT[path]), "properties": _SENT[path]}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation
