"""What may be read at quay? Records under their addresses, and where an identifier stands elsewhere than in a path."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from launchready_testbed.quay.api import (
    FIELDS,
    Call,
    Endpoint,
    Handler,
    NoSuchRecordError,
    about,
    answered,
    exposed,
    list_answer,
    record_answer,
    sent,
    shown,
    text,
)
from launchready_testbed.quay.door import PREFIX
from launchready_testbed.quay.odd import news_for_all, sections, signed_link, template_files
from launchready_testbed.quay.people import TENANTS, number_of
from launchready_testbed.quay.records import Record, initials

LARGEST_BATCH = 20
_IN_BATCH = re.compile(r"/(tenants|orders|shipments|messages)/([^/]+)")
_EXPORT = re.compile(r"([a-z]{2})-(\d{4}-\d{2})\.csv")


async def status(call: Call) -> Response:
    """Whether all is well; for anybody."""
    return answered({"status": "ok"} | news_for_all(call))


async def me(call: Call) -> Response:
    """Who asks, and which sections of the portal are theirs."""
    person = call.person
    return answered(about(person) | {"sections": sections(call)} | exposed(call, person))


def listing(table: str) -> Handler:
    """Lists one table."""

    async def handle(call: Call) -> Response:
        rows = call.ledger.of(table, call.listed())
        if table != "files":
            return list_answer(call, table, rows)
        files = [shown(call, table, row) | signed_link(call, row) for row in rows]
        blank = [{"id": file["id"], "name": file["name"]} for file in template_files(call)]
        return answered({"data": files + blank, "count": len(rows)})

    return handle


def single(table: str, key: str = "id") -> Handler:
    """Shows the record whose field `key` stands in the path."""

    async def handle(call: Call) -> Response:
        return record_answer(call, table, call.one(table, key, call.id))

    return handle


async def search(call: Call) -> Response:
    """The orders in which a text stands."""
    call.needs_somebody()
    words = (await sent(call)).get("text", "")
    if not isinstance(words, str):
        raise HTTPException(400)
    rows = call.ledger.of("orders", None if call.is_loose() else call.listed())
    looked = ("reference", "goods", "consignee")
    hits = [row for row in rows if any(words.lower() in row[name].lower() for name in looked)]
    return list_answer(call, "orders", hits)


async def order_by_body(call: Call) -> Response:
    """One order; its identifier stands in the body."""
    call.needs_somebody()
    return record_answer(call, "orders", call.one("orders", "id", text(await sent(call), "id")))


async def batch(call: Call) -> Response:
    """Several readings in one request, each answered as if it had come alone."""
    call.needs_somebody()
    wanted = (await sent(call)).get("requests")
    if not isinstance(wanted, list) or len(wanted) > LARGEST_BATCH:
        raise HTTPException(400)
    return answered({"responses": [_part(call, each) for each in wanted]})


def _part(call: Call, wanted: Any) -> Record | None:
    """The answer to one request of a batch."""
    reads = isinstance(wanted, dict) and wanted.get("method", "GET") == "GET"
    if reads and (match := _IN_BATCH.fullmatch(str(wanted.get("path")))):
        with suppress(NoSuchRecordError):
            record = call.one(match[1], "id", match[2])
            return {"status": 200, "body": shown(call, match[1], record)}
    if call.policy.manner.batch_nulls:
        return None
    return {"status": 404, "body": {"error": "not_found", "message": "Not found."}}


async def content(call: Call) -> Response:
    """The content of a file."""
    call.needs_somebody()
    template = next((file for file in template_files(call) if file["id"] == call.id), None)
    return attachment(template or call.one("files", "id", call.id))


async def document(call: Call) -> Response:
    """The content of a file, under an address that begins with its name."""
    return attachment(call.one("files", "address", call.id))


def attachment(record: Record) -> Response:
    """A file to keep."""
    return Response(
        record["content"].encode(),
        media_type="application/octet-stream",
        headers={
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{record["name"]}"',
        },
    )


async def exports(call: Call) -> Response:
    """The names of the monthly files with a client's orders."""
    rows = call.ledger.of("orders", call.listed())
    codes = {number_of("tenant", name): initials(name).lower() for name, _ in TENANTS}
    names = sorted({f"{codes[row['tenant']]}-{row['placed'][:7]}.csv" for row in rows})
    return answered({"data": [{"name": name} for name in names], "count": len(names)})


async def export(call: Call) -> Response:
    """The orders of one client and month as comma-separated values."""
    call.needs_somebody()
    match = _EXPORT.fullmatch(call.id)
    owner = {initials(name).lower(): number_of("tenant", name) for name, _ in TENANTS}.get(
        match[1] if match else ""
    )
    if match is None or owner is None:
        raise NoSuchRecordError(call.id)
    rows = [row for row in call.ledger.of("orders", owner) if row["placed"].startswith(match[2])]
    if not call.may_have({"tenant": owner}):
        if not call.policy.manner.empty_exports:
            raise NoSuchRecordError(call.id)
        rows = []
    made = io.StringIO()
    columns = ("reference", "goods", "price_cents", "placed", "consignee")
    writer = csv.DictWriter(made, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return Response(made.getvalue(), media_type="text/csv", headers={"cache-control": "no-store"})


async def feed(call: Call) -> Response:
    """What is new for a client: its messages and where its goods are, as JSON Feed 1.1."""
    tenant = None if call.is_loose() else call.listed()
    items = [
        {"id": row["id"], "title": row["author"], "content_text": row["text"], "date_published": row["sent"]}
        for row in call.ledger.of("messages", tenant)
    ]
    if call.policy.manner.feed_mentions:
        news = "The crane is repaired: AC-4217 and BB-4217 are the first to be unloaded again."
        items.append(
            {"id": "news-1", "title": "Quay 4", "content_text": news, "date_published": "2026-03-01"}
        )
    origin = PREFIX + "/feed.json"
    return answered(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "feed_url": origin, "items": items}
    )


async def users(call: Call) -> Response:
    """Everybody; for admins."""
    call.one_of("admin")
    people = call.keeper.people
    data = [about(person) | exposed(call, person) for person in people]
    return answered({"data": data, "count": len(people)})


async def audit(call: Call) -> Response:
    """Who did what; for admins."""
    call.one_of("admin")
    last = call.ledger.audit[-100:][::-1]
    return answered({"data": last, "count": len(last)})


_BY_ID = tuple(table for table in FIELDS if table not in ("projects", "receipts"))
READING: tuple[Endpoint, ...] = (
    ("GET", "/status", status),
    ("GET", "/me", me),
    *(("GET", f"/{table}", listing(table)) for table in FIELDS),
    *(("GET", f"/{table}/{{id}}", single(table)) for table in _BY_ID),
    ("GET", "/projects/{slug}", single("projects", "slug")),
    ("GET", "/receipts/{code}", single("receipts", "code")),
    ("GET", "/references/{reference}", single("orders", "reference")),
    ("POST", "/orders/search", search),
    ("POST", "/orders/get", order_by_body),
    ("POST", "/batch", batch),
    ("GET", "/files/{id}/content", content),
    ("GET", "/documents/{name}", document),
    ("GET", "/exports", exports),
    ("GET", "/exports/{name}", export),
    ("GET", "/feed.json", feed),
    ("GET", "/users", users),
    ("GET", "/audit", audit),
)
"""Everything that is read."""
