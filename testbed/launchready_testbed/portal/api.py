"""What does the JSON interface under /api/v1 answer? The same records under the same rules as the pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from launchready_testbed.portal import records, sessions
from launchready_testbed.portal.access import Endpoint, fetch, fetch_client, person, tenant_for
from launchready_testbed.portal.pages.documents import attachment

PREFIX = "/api/v1"
FIELDS = {
    "tickets": ("id", "tenant", "title", "body", "status", "opened"),
    "invoices": ("id", "tenant", "number", "cents", "due", "paid"),
    "documents": ("id", "tenant", "name", "uploaded"),
    "approvals": ("id", "tenant", "subject", "decision"),
}
SEARCHED = {"tickets": "title", "documents": "name"}
LARGEST_BODY = 100_000  # octets


def answered(content: object, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    return JSONResponse(content, status, headers={"cache-control": "no-store"})


def shown(row: sqlite3.Row, fields: Iterable[str]) -> dict[str, Any]:
    """The fields of `row` that may leave the server."""
    return {field: row[field] for field in fields}


async def sent(request: Request) -> dict[str, Any]:
    """The JSON object that was sent, with the right token against forged requests in the header X-CSRF-Token."""
    if not sessions.token_is_right(request, request.headers.get("x-csrf-token")):
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


def words(value: dict[str, Any], field: str, *, longest: int = 2000) -> str:
    """A text field; answers 400 when it is missing, empty or too long."""
    found = value.get(field)
    if not isinstance(found, str) or not found.strip() or len(found) > longest:
        raise HTTPException(400)
    return found.strip()


async def status(request: Request) -> Response:
    """Whether all is well; for anybody."""
    return answered({"status": "ok", "message": "All systems work."})


async def session(request: Request) -> Response:
    """Who is signed in, with the token that writes need."""
    user = person(request)
    present = sessions.current(request)
    assert present is not None
    return answered(
        {"id": user.id, "name": user.name, "email": user.email, "role": user.role, "csrf": present.csrf}
    )


def listing(table: str) -> Endpoint:
    """An endpoint that lists one table."""

    async def endpoint(request: Request) -> Response:
        part = records.listed(request, table, person(request), search=SEARCHED.get(table))
        items = [shown(row, FIELDS[table]) for row in part.rows]
        return answered({"items": items, "page": part.number, "pages": part.last, "total": part.total})

    return endpoint


def single(table: str) -> Endpoint:
    """An endpoint that shows one row of a table."""

    async def endpoint(request: Request) -> Response:
        return answered(shown(fetch(request, table, person(request)), FIELDS[table]))

    return endpoint


async def open_ticket(request: Request) -> Response:
    """Opens a ticket."""
    user = person(request)
    value = await sent(request)
    tenant = tenant_for(user, value.get("tenant"))
    made = records.open_ticket(
        request, user, tenant, words(value, "title", longest=200), words(value, "body")
    )
    return answered({"id": made}, 201)


async def comment(request: Request) -> Response:
    """Adds a comment to a ticket."""
    user = person(request)
    ticket = fetch(request, "tickets", user)
    records.comment(request, user, ticket, words(await sent(request), "body"))
    return Response(status_code=204, headers={"cache-control": "no-store"})


async def decide(request: Request) -> Response:
    """Decides an approval."""
    user = person(request)
    approval = fetch(request, "approvals", user)
    decision = words(await sent(request), "decision")
    records.decide(request, user, approval, decision)
    return answered({"id": approval["id"], "decision": decision})


async def content(request: Request) -> Response:
    """The content of a document."""
    return attachment(fetch(request, "documents", person(request)))


async def clients(request: Request) -> Response:
    """Every client; for staff."""
    person(request, "admin", "staff")
    return answered({"items": [shown(row, ("id", "name", "city")) for row in records.clients(request)]})


async def client(request: Request) -> Response:
    """One client; for staff."""
    person(request, "admin", "staff")
    return answered(shown(fetch_client(request), ("id", "name", "city")))


async def users(request: Request) -> Response:
    """Every user; for admins."""
    person(request, "admin")
    fields = ("id", "tenant", "name", "email", "role")
    return answered({"items": [shown(row, fields) for row in records.people(request)]})


async def audit(request: Request) -> Response:
    """Who did what; for admins."""
    person(request, "admin")
    fields = ("id", "at", "actor", "action", "object")
    return answered({"items": [shown(row, fields) for row in records.audit_trail(request)]})


ENDPOINTS: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/status", status),
    ("GET", "/session", session),
    *(("GET", f"/{table}", listing(table)) for table in FIELDS),
    *(("GET", f"/{table}/{{id:int}}", single(table)) for table in FIELDS),
    ("POST", "/tickets", open_ticket),
    ("POST", "/tickets/{id:int}/comments", comment),
    ("POST", "/approvals/{id:int}/decision", decide),
    ("GET", "/documents/{id:int}/content", content),
    ("GET", "/clients", clients),
    ("GET", "/clients/{id:int}", client),
    ("GET", "/users", users),
    ("GET", "/audit", audit),
)
"""Method, path and endpoint of everything the interface offers; its description is made from this too."""


def _routes() -> list[Route]:
    """One route for each path: the router would refuse a method that another route of the same path has."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for method, path, endpoint in ENDPOINTS:
        by_path.setdefault(path, {})[method] = endpoint
    return [Route(path, _by_method(ways), methods=list(ways)) for path, ways in by_path.items()]


def _by_method(ways: dict[str, Endpoint]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await ways["GET" if request.method == "HEAD" else request.method](request)

    return endpoint


ROUTES = (Mount(PREFIX, routes=_routes()),)
