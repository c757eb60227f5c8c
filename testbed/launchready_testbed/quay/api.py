"""What do all handlers of the interface under /api/v2 stand on? Who asks, for whose records, and what is answered."""

from __future__ import annotations

import json
import random
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from launchready_testbed.quay.door import PREFIX, Caller
from launchready_testbed.quay.people import HOUSE, Person, Role, stored_passwords
from launchready_testbed.quay.policy import QuayPolicy
from launchready_testbed.quay.records import Ledger, Record
from launchready_testbed.quay.sessions import Doorkeeper

LARGEST_BODY = 100_000  # octets
FIELDS: dict[str, tuple[str, ...]] = {
    "tenants": ("id", "name", "city"),
    "orders": ("id", "tenant", "reference", "goods", "price_cents", "placed", "status", "consignee"),
    "shipments": ("id", "tenant", "order", "vessel", "place", "seen"),
    "messages": ("id", "tenant", "author", "text", "sent"),
    "files": ("id", "tenant", "name", "address"),
    "projects": ("id", "tenant", "slug", "title", "note"),
    "receipts": ("code", "tenant", "payer", "order", "amount_cents", "paid"),
}
"""What is shown of each record."""
_COMMON_TITLE = {"title": "Spring season", "note": "Terms as agreed in the general contract"}


class NoSuchRecordError(HTTPException):
    """There is no such record, or it is somebody else's: the two are answered alike."""

    def __init__(self, wanted: str) -> None:
        super().__init__(404)
        self.wanted = wanted


@dataclass(frozen=True)
class Call:
    """One request to the interface, past the door."""

    request: Request
    ledger: Ledger
    keeper: Doorkeeper
    policy: QuayPolicy
    caller: Caller | None
    endpoint: str = ""
    """Method and path as the endpoint is declared: "GET /orders/{id}"."""
    named: dict[str, str] = field(default_factory=dict)
    """What stands for each name in braces."""

    @property
    def id(self) -> str:
        """What stands for the one name in braces."""
        return next(iter(self.named.values()), "")

    @property
    def person(self) -> Person:
        """Who asks. Raises HTTPException 401 for a stranger."""
        if self.caller is not None:
            return self.caller.person
        if self.endpoint in self.policy.access.unguarded:
            return HOUSE
        raise HTTPException(401, headers={"www-authenticate": 'Bearer realm="quay"'})

    def needs_somebody(self) -> None:
        """Raises HTTPException 401 for a stranger."""
        _ = self.person

    def one_of(self, *roles: Role) -> Person:
        """Who asks, if in one of `roles`. Raises HTTPException 401 or 403."""
        if self.person.role not in roles and self.endpoint not in self.policy.access.any_role:
            raise HTTPException(403)
        return self.person

    def may_have(self, record: Record, place: str = "") -> bool:
        """Whether this record is for the caller; `place` says where, if that is not the endpoint."""
        tenant = self.person.tenant
        return tenant is None or record["tenant"] == tenant or self.is_loose(place)

    def is_loose(self, place: str = "") -> bool:
        """Whether a fault lets everybody have everybody's records here."""
        return (place or self.endpoint) in self.policy.access.across

    def one(self, table: str, field_name: str, value: str) -> Record:
        """The record whose field has this value. Raises NoSuchRecordError, also for somebody else's."""
        self.needs_somebody()
        record = self.ledger.find(table, field_name, value)
        if record is None or not self.may_have(record):
            raise NoSuchRecordError(value)
        return record

    def listed(self) -> str | None:
        """Whose records a list is to hold: the caller's, or those the house asks for by header or parameter; None is all.

        Raises HTTPException 401 or 403.
        """
        own = self.person.tenant
        header = self.request.headers.get("x-tenant")
        wanted = self.request.query_params.get("tenant")
        if own is None:
            return header or wanted or None
        if header and self.policy.access.tenant_header_believed:
            return header
        if wanted and wanted != own:
            if self.is_loose():
                return wanted
            if not self.policy.manner.filter_ignored:
                raise HTTPException(403)
        return own


Handler = Callable[[Call], Awaitable[Response]]
Endpoint = tuple[str, str, Handler]
"""Method, path below the prefix and handler."""


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
        "phone": person.phone,
    }


def exposed(call: Call, person: Person) -> Record:
    """What a fault shows about a person beyond that."""
    secret = {
        "password_hash": stored_passwords().get(person.email),
        "totp_secret": call.keeper.factor_secret(person),
    }
    shows = call.policy.access.shows
    return {name: value for name, value in secret.items() if f"{call.endpoint} {name}" in shows}


def shown(call: Call, table: str, row: Record) -> Record:
    """What is shown of a record."""
    told = {name: row[name] for name in FIELDS[table]}
    if table == "projects" and call.policy.manner.equal_titles:
        told |= _COMMON_TITLE
    return told


def list_answer(call: Call, table: str, rows: list[Record]) -> Response:
    """A list of records."""
    manner = call.policy.manner
    if manner.shuffled:
        rows = random.sample(rows, len(rows))
    told: Record = {"data": [shown(call, table, row) for row in rows], "count": len(rows)}
    if manner.counts_everything:
        told["in_all"] = len(call.ledger.tables[table])
    if manner.tenant_echoed:
        told["asked_for"] = call.request.headers.get("x-tenant")
    return answered(told)


def record_answer(call: Call, table: str, row: Record, status: int = 200) -> Response:
    """One record."""
    told = shown(call, table, row)
    if not call.policy.manner.nonces or table != "orders":
        return answered(told, status)
    told |= {"nonce": secrets.token_hex(16), "served_at": time.time()}
    answer = answered(told, status)
    answer.headers["etag"] = f'"{secrets.token_hex(8)}"'
    return answer


def pattern(path: str) -> re.Pattern[str]:
    """What a request's path must be for this one."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(PREFIX + path)))
