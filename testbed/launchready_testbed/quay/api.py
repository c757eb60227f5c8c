"""What does the interface under /api/v2 answer? JSON under unguessable identifiers, to callers with an access token."""

from __future__ import annotations

import datetime
import json
import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from launchready_testbed.quay.door import PREFIX, Caller
from launchready_testbed.quay.people import PEOPLE, Person, Role
from launchready_testbed.quay.policy import QuayPolicy
from launchready_testbed.quay.records import Ledger, Record
from launchready_testbed.quay.sessions import Doorkeeper

LARGEST_BODY = 100_000  # octets
FIELDS: dict[str, tuple[str, ...]] = {
    "tenants": ("id", "name", "city"),
    "orders": ("id", "tenant", "reference", "goods", "price_cents", "placed"),
    "shipments": ("id", "tenant", "order", "place", "seen"),
    "messages": ("id", "tenant", "author", "text", "sent"),
    "files": ("id", "tenant", "name"),
}
WRITTEN: dict[str, tuple[str, ...]] = {"orders": ("goods",), "messages": ("text",)}
"""The fields that a caller sends to make a record of its own."""


@dataclass(frozen=True)
class Call:
    """One request to the interface, past the door."""

    request: Request
    ledger: Ledger
    keeper: Doorkeeper
    policy: QuayPolicy
    caller: Caller | None
    id: str = ""
    """What stands for `{id}` in the path."""

    @property
    def person(self) -> Person:
        """Who asks. Raises HTTPException 401 for a stranger."""
        if self.caller is None:
            raise HTTPException(401, headers={"www-authenticate": 'Bearer realm="quay"'})
        return self.caller.person

    def one_of(self, *roles: Role) -> Person:
        """Who asks, if in one of `roles`. Raises HTTPException 401 or 403."""
        if self.person.role not in roles:
            raise HTTPException(403)
        return self.person


Handler = Callable[[Call], Awaitable[Response]]


def answered(content: object, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    return JSONResponse(content, status, headers={"cache-control": "no-store"})


def nothing() -> Response:
    """Done, and nothing to say."""
    return Response(status_code=204, headers={"cache-control": "no-store"})


async def sent(call: Call) -> dict[str, Any]:
    """The JSON object that was sent; another kind of body is refused, so that no form of another site can make it."""
    if call.request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    body = await call.request.body()
    if len(body) > LARGEST_BODY:
        raise HTTPException(413)
    try:
        value = json.loads(body)
    except ValueError as error:
        raise HTTPException(400) from error
    if not isinstance(value, dict):
        raise HTTPException(400)
    return value


def text(value: dict[str, Any], field: str, *, longest: int = 2000) -> str:
    """A text field; answers 400 when it is missing, empty or too long."""
    found = value.get(field)
    if not isinstance(found, str) or not found.strip() or len(found) > longest:
        raise HTTPException(400)
    return found.strip()


def about(person: Person) -> Record:
    """What a person may read about themselves."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "tenant": person.tenant,
        "second_factor": person.owes_code,
    }


async def status(call: Call) -> Response:
    """Whether all is well; for anybody."""
    return answered({"status": "ok"})


async def me(call: Call) -> Response:
    """Who asks."""
    return answered(about(call.person))


def listing(table: str) -> Handler:
    """Lists one table."""

    async def handle(call: Call) -> Response:
        rows = call.ledger.visible(table, call.person)
        return answered({"data": [_shown(table, row) for row in rows], "count": len(rows)})

    return handle


def single(table: str) -> Handler:
    """Shows one record."""

    async def handle(call: Call) -> Response:
        return answered(_shown(table, _found(call, table)))

    return handle


def making(table: str) -> Handler:
    """Makes a record that belongs to the caller's client, or to the one that the house names."""

    async def handle(call: Call) -> Response:
        person = call.person
        value = await sent(call)
        tenant = person.tenant or text(value, "tenant")
        if tenant not in call.ledger.tables["tenants"]:
            raise HTTPException(400)
        record: Record = {"id": str(uuid.uuid4()), "tenant": tenant}
        record |= {field: text(value, field) for field in WRITTEN[table]}
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        if table == "orders":
            record |= {"reference": f"N-{record['id'][:6]}", "price_cents": 0, "placed": today}
        else:
            record |= {"author": person.name, "sent": today}
        call.ledger.keep(table, record)
        call.ledger.note(person.email, "created", f"{table} {record['id']}")
        return answered(_shown(table, record), 201)

    return handle


async def content(call: Call) -> Response:
    """The content of a file."""
    record = _found(call, "files")
    return Response(
        record["content"].encode(),
        media_type="application/octet-stream",
        headers={
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{record["name"]}"',
        },
    )


async def users(call: Call) -> Response:
    """Everybody; for admins."""
    call.one_of("admin")
    return answered({"data": [about(person) for person in PEOPLE], "count": len(PEOPLE)})


async def audit(call: Call) -> Response:
    """Who did what; for admins."""
    call.one_of("admin")
    last = call.ledger.audit[-100:][::-1]
    return answered({"data": last, "count": len(last)})


def _shown(table: str, row: Record) -> Record:
    return {field: row[field] for field in FIELDS[table]}


def _found(call: Call, table: str) -> Record:
    """The record that the path names. Somebody else's answers 404, as one that does not exist."""
    person = call.person
    record = call.ledger.tables.get(table, {}).get(call.id)
    if record is None or (person.tenant is not None and record["tenant"] != person.tenant):
        raise HTTPException(404)
    return record


RECORDS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/status", status),
    ("GET", "/me", me),
    *(("GET", f"/{table}", listing(table)) for table in FIELDS),
    *(("GET", f"/{table}/{{id}}", single(table)) for table in FIELDS),
    *(("POST", f"/{table}", making(table)) for table in WRITTEN),
    ("GET", "/files/{id}/content", content),
    ("GET", "/users", users),
    ("GET", "/audit", audit),
)
"""Method, path below the prefix and handler."""


def pattern(path: str) -> re.Pattern[str]:
    """What a request's path must be for this one."""
    return re.compile(re.escape(PREFIX + path).replace(r"\{id\}", r"(?P<id>[^/]+)"))
