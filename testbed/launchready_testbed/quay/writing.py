"""What may be changed at quay, by whom, and in which fields?"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from launchready_testbed.quay.api import (
    Call,
    Endpoint,
    Handler,
    NoSuchRecordError,
    about,
    answered,
    nothing,
    record_answer,
    sent,
    text,
)
from launchready_testbed.quay.records import Record

WRITTEN: dict[str, tuple[str, ...]] = {"orders": ("goods",), "messages": ("text",)}
"""The fields that a caller sends to make or change a record of its own."""
GUARDED = {"price_cents": int, "tenant": str, "status": str}
"""Fields of orders that nobody sets by sending them, and their kinds."""


def making(table: str) -> Handler:
    """Makes a record that belongs to the caller's client, or to the one that the house names."""

    async def handle(call: Call) -> Response:
        person = call.person
        value = await sent(call)
        named = f"POST /{table} tenant" in call.policy.access.takes and value.get("tenant")
        tenant = named or person.tenant or text(value, "tenant")
        owner = call.ledger.tables["tenants"].get(tenant)
        if owner is None:
            raise HTTPException(400)
        record: Record = {"id": str(uuid.uuid4()), "tenant": tenant}
        record |= {field: text(value, field) for field in WRITTEN[table]}
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        if table == "orders":
            record |= {"reference": f"N-{record['id'][:6]}", "price_cents": 12_500, "placed": today}
            record |= {"status": "placed", "consignee": owner["name"]}
        else:
            record |= {"author": person.name, "sent": today}
        call.ledger.keep(table, record)
        call.ledger.note(person.email, "created", f"{table} {record['id']}")
        return record_answer(call, table, record, 201)

    return handle


def changing(table: str) -> Handler:
    """Changes the fields of a record that are the caller's to set; any other field is refused."""

    async def handle(call: Call) -> Response:
        person = call.person
        value = await sent(call)
        try:
            record = call.one(table, "id", call.id)
        except NoSuchRecordError:
            if not call.policy.manner.patch_counts:
                raise
            return answered({"matched": 0, "changed": 0})
        changes = allowed(call, value, WRITTEN[table])
        if not call.policy.manner.patch_unchanged:
            record.update(changes)
            call.ledger.note(person.email, "changed", f"{table} {record['id']}")
        return record_answer(call, table, record)

    return handle


def allowed(call: Call, value: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """The part of what was sent that may be written. Raises HTTPException 400 for anything else."""
    changes: dict[str, Any] = {}
    for name, wanted in value.items():
        taken = f"{call.endpoint} {name}" in call.policy.access.takes
        if name in fields:
            changes[name] = text(value, name)
        elif taken and isinstance(wanted, GUARDED.get(name, str)):
            changes[name] = wanted
        elif not call.policy.manner.price_ignored:
            raise HTTPException(400)
    return changes


def deleting(table: str) -> Handler:
    """Takes a record away."""

    async def handle(call: Call) -> Response:
        person = call.person
        try:
            record = call.one(table, "id", call.id)
        except NoSuchRecordError:
            if not call.policy.manner.deletes_silently:
                raise
            return nothing()
        call.ledger.remove(table, record)
        call.ledger.note(person.email, "deleted", f"{table} {record['id']}")
        return nothing()

    return handle


async def close(call: Call) -> Response:
    """Closes an order: nothing more is loaded for it. For the house, whose pages alone have the button."""
    return _set_status(call, "closed", call.one_of("admin", "staff").email)


async def release(call: Call) -> Response:
    """Releases an order for loading; for admins."""
    return _set_status(call, "released", call.one_of("admin").email)


def _set_status(call: Call, status: str, actor: str) -> Response:
    record = call.one("orders", "id", call.id)
    record["status"] = status
    call.ledger.note(actor, status, f"orders {record['id']}")
    return record_answer(call, "orders", record)


async def change_me(call: Call) -> Response:
    """Changes what people may change about themselves: the telephone number."""
    person = call.person
    value = await sent(call)
    fields: dict[str, str] = {}
    if "phone" in value:
        # Nothing at all takes the number away.
        fields["phone"] = text(value, "phone", longest=40) if value["phone"] else ""
    role = value.get("role")
    if (
        "role" in value
        and f"{call.endpoint} role" in call.policy.access.takes
        and role in ("admin", "staff", "client")
    ):
        fields["role"] = role
    elif value.keys() - {"phone"} and not call.policy.manner.role_echoed:
        raise HTTPException(400)
    told = about(call.keeper.change(person, **fields))
    return answered(told | value if call.policy.manner.role_echoed else told)


WRITING: tuple[Endpoint, ...] = (
    *(("POST", f"/{table}", making(table)) for table in WRITTEN),
    *(("PATCH", f"/{table}/{{id}}", changing(table)) for table in WRITTEN),
    *(("DELETE", f"/{table}/{{id}}", deleting(table)) for table in WRITTEN),
    ("POST", "/orders/{id}/close", close),
    ("POST", "/orders/{id}/release", release),
    ("PATCH", "/me", change_me),
)
"""Everything that changes something."""
