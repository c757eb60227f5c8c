"""How does quay describe its interface? As OpenAPI 3.1, made from the handlers themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from launchready_testbed.quay.api import FIELDS, Endpoint
from launchready_testbed.quay.door import PREFIX
from launchready_testbed.quay.sessions import COOKIE
from launchready_testbed.quay.writing import WRITTEN

UNDESCRIBED = frozenset(
    {
        "POST /orders/get",
        "POST /orders/{id}/close",
        "POST /graphql",
        "GET /references/{reference}",
        "GET /receipts",
        "GET /receipts/{code}",
        "GET /documents/{name}",
        "GET /exports/{name}",
        "GET /feed.json",
    }
)
"""What the front end uses and nobody wrote down."""
_PUBLIC = frozenset({"/status", "/openapi.json", "/auth/login", "/auth/second-factor"})
_ADMINS_ONLY = frozenset({"GET /users", "GET /audit", "POST /orders/{id}/release"})
_TEXT = {"type": "string"}
_SENT: dict[str, dict[str, dict[str, Any]]] = {
    "POST /auth/login": {
        "email": {"type": "string", "format": "email"},
        "password": {"type": "string", "format": "password"},
    },
    "POST /auth/second-factor": {"ticket": _TEXT, "code": {"type": "string", "pattern": "^[0-9]{6}$"}},
    "POST /orders/search": {"text": _TEXT},
    "POST /batch": {
        "requests": {
            "type": "array",
            "maxItems": 20,
            "items": {
                "type": "object",
                "required": ["path"],
                "properties": {"method": {"const": "GET"}, "path": _TEXT},
            },
        }
    },
    "PATCH /me": {"phone": {"type": "string", "maxLength": 40}},
    **{f"POST /{table}": dict.fromkeys(fields, _TEXT) for table, fields in WRITTEN.items()},
    **{f"PATCH /{table}/{{id}}": dict.fromkeys(fields, _TEXT) for table, fields in WRITTEN.items()},
}
_SAYS = {
    "POST /auth/login": "Sign in with e-mail and password",
    "POST /auth/second-factor": "Finish signing in with a one-time code",
    "POST /auth/refresh": "Exchange the refresh cookie for new tokens",
    "POST /auth/logout": "Sign out",
    "GET /me": "Who is signed in",
    "POST /orders/search": "Orders in which a text stands",
    "POST /batch": "Several records in one request",
    "POST /orders/{id}/release": "Release an order for loading",
}
_LISTS = {*(f"GET /{table}" for table in FIELDS), "POST /orders/search"}
_NARROWED = [
    {
        "name": "X-Tenant",
        "in": "header",
        "description": "For the house: whose records",
        "schema": {"type": "string"},
    },
    {
        "name": "tenant",
        "in": "query",
        "description": "For the house: whose records",
        "schema": {"type": "string"},
    },
]
_SUCCESS = {"POST /auth/logout": "204", "POST /orders": "201", "POST /messages": "201"}
_SCHEMAS = {"orders": "Order", "messages": "Message", "shipments": "Shipment"}


def describe(server: str, endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The description of the interface at `server`, as far as it was written down."""
    paths: dict[str, dict[str, Any]] = {}
    for method, path, _handler in endpoints:
        if f"{method} {path}" not in UNDESCRIBED:
            paths.setdefault(path, {})[method.lower()] = _operation(method, path)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Quay", "version": "2.4.0"},
        "servers": [{"url": server + PREFIX}],
        "paths": paths,
        "security": [{"bearer": []}],
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "refresh": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            },
            "schemas": _schemas(),
        },
    }


def _schemas() -> dict[str, Any]:
    return {
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
        **{name: {"type": "object", "properties": _properties(table)} for table, name in _SCHEMAS.items()},
    }


def _properties(table: str) -> dict[str, dict[str, Any]]:
    uuids = ("id", "tenant", "order")
    kinds: dict[str, dict[str, Any]] = {name: {"type": "string", "format": "uuid"} for name in uuids}
    kinds["price_cents"] = {"type": "integer"}
    return {name: kinds.get(name, _TEXT) for name in FIELDS[table]}


def _operation(method: str, path: str) -> dict[str, Any]:
    endpoint = f"{method} {path}"
    success = "204" if method == "DELETE" else _SUCCESS.get(endpoint, "200")
    answer: dict[str, Any] = {"description": "Done"}
    schema = _answer_schema(endpoint, path)
    if schema:
        answer["content"] = {"application/json": {"schema": schema}}
    operation: dict[str, Any] = {
        "operationId": method.lower() + re.sub(r"\W+", "_", path).rstrip("_"),
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {**_TEXT, **({"format": "uuid"} if name == "id" else {})},
            }
            for name in re.findall(r"\{(\w+)\}", path)
        ]
        + _NARROWED * (endpoint in _LISTS),
        "responses": {
            success: answer,
            "401": {"description": "Nobody is signed in, or what was sent is wrong"},
        },
    }
    if endpoint in _SAYS:
        operation["summary"] = _SAYS[endpoint]
    if path in _PUBLIC:
        operation["security"] = []
    elif path == "/auth/refresh":
        operation["security"] = [{"refresh": []}]
    elif endpoint in _ADMINS_ONLY:
        # Roles, as OpenAPI 3.1 lets them stand beside a scheme of any type.
        operation["security"] = [{"bearer": ["admin"]}]
        operation["responses"]["403"] = {"description": "For admins only"}
    if endpoint in _SENT:
        required = list(_SENT[endpoint]) if method == "POST" else []
        body = {"type": "object", "properties": _SENT[endpoint]} | (
            {"required": required} if required else {}
        )
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation


def _answer_schema(endpoint: str, path: str) -> dict[str, Any]:
    """The shape of the answer; empty where nothing is said of it."""
    if path.startswith("/auth/") and path != "/auth/logout":
        tokens = {"$ref": "#/components/schemas/Tokens"}
        ticket = {"$ref": "#/components/schemas/Ticket"}
        return {"oneOf": [tokens, ticket]} if path == "/auth/login" else tokens
    name = _SCHEMAS.get(path.split("/")[1], "")
    if not name or endpoint.startswith("DELETE"):
        return {}
    record = {"$ref": f"#/components/schemas/{name}"}
    if endpoint in _LISTS:
        return {
            "type": "object",
            "properties": {"data": {"type": "array", "items": record}, "count": {"type": "integer"}},
        }
    return record
