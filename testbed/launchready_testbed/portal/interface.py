"""What have all endpoints of the JSON interface in common?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from launchready_testbed.portal import sessions
from launchready_testbed.portal.access import LONGEST, access_of, act

PREFIX = "/api/v1"
FIELDS = {
    "tickets": ("id", "tenant", "title", "body", "status", "opened", "fee"),
    "invoices": ("id", "tenant", "number", "cents", "due", "paid"),
    "documents": ("id", "tenant", "name", "uploaded"),
    "approvals": ("id", "tenant", "subject", "decision"),
    "announcements": ("id", "title", "body", "written"),
    "clients": ("id", "name", "city"),
    "users": ("id", "tenant", "name", "email", "role"),
    "colleagues": ("name", "role"),
    "profile": ("id", "name", "email", "role", "phone"),
    "comments": ("author", "body", "written"),
    "audit": ("id", "at", "actor", "action", "object"),
}
"""What may leave the server of each kind of record."""
LARGEST_BODY = 100_000  # octets


def answered(content: object, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    return JSONResponse(content, status, headers={"cache-control": "no-store"})


def done() -> Response:
    """An answer without words."""
    return Response(status_code=204, headers={"cache-control": "no-store"})


def shown(request: Request, row: sqlite3.Row, kind: str) -> dict[str, Any]:
    """The fields of `row` that may leave the server."""
    shown_too = access_of(request).shown_too.get(act(request), ())
    return {field: row[field] for field in (*FIELDS[kind], *shown_too)}


def all_shown(request: Request, rows: Iterable[sqlite3.Row], kind: str) -> Response:
    """An answer with those of every row."""
    return answered({"items": [shown(request, row, kind) for row in rows]})


async def sent(request: Request, *, changes: bool = True) -> dict[str, Any]:
    """The JSON object that was sent.

    Where it `changes` something, the right token against forged requests must come in the header X-CSRF-Token.
    """
    if changes and not sessions.token_is_right(request, request.headers.get("x-csrf-token")):
        raise HTTPException(403)
    body = await request.body()
    if len(body) > LARGEST_BODY:
        raise HTTPException(413)
    try:
        value = json.loads(body)
    except ValueError as error:
        raise HTTPException(400) from error
    if not isinstance(value, dict):
        raise HTTPException(400)
    return value


def guard(request: Request) -> None:
    """As in `sent`, for what changes something and sends no body."""
    if not sessions.token_is_right(request, request.headers.get("x-csrf-token")):
        raise HTTPException(403)


def words(value: dict[str, Any], field: str, *, longest: int = LONGEST) -> str:
    """A text field; answers 400 when it is missing, empty or too long."""
    found = value.get(field)
    if not isinstance(found, str) or not found.strip() or len(found) > longest:
        raise HTTPException(400)
    return found.strip()
