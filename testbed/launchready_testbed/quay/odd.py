"""Which sound oddities does quay have, where a look-alike switches them on? None of them is there otherwise."""

from __future__ import annotations

import hashlib
import hmac
import time

from starlette.exceptions import HTTPException
from starlette.responses import Response

from launchready_testbed.quay.api import Call, Endpoint, answered, shown
from launchready_testbed.quay.people import TENANTS, number_of
from launchready_testbed.quay.records import Record

CATALOGUE = (
    ("Reefer container, 20 feet", "Keeps what is inside between 2 and 8 degrees"),
    ("Flat rack, 40 feet", "For goods that stand higher than a container"),
    ("Customs declaration", "Ready within two working days"),
)
TEMPLATES = ("Packing list.txt", "Damage report.txt")
LINK_LIFETIME = 3600  # seconds


def sections(call: Call) -> list[str]:
    """The sections of the portal that the caller is offered."""
    manner, role = call.policy.manner, call.person.role
    offered = {
        "orders": True,
        "shipments": True,
        "messages": True,
        "files": True,
        "projects": True,
        "receipts": True,
        "exports": True,
        "news": True,
        "catalogue": manner.catalogue,
        "overview": manner.overview and role != "client",
        "team": role == "admin",
        "audit": role == "admin",
    }
    return [name for name, is_offered in offered.items() if is_offered]


def news_for_all(call: Call) -> Record:
    """What the status says to anybody, beyond a word: what happened lately, and whether customers are named."""
    told: Record = {}
    if call.policy.manner.status_board:
        says = ("The crane on quay 4 stood still", "Customs answered slowly")
        told["incidents"] = [{"id": number_of("incident", word), "says": word} for word in says]
    if call.policy.manner.customers:
        told["names_customers"] = True
    return told


def template_files(call: Call) -> list[Record]:
    """Files that are the same for everybody."""
    if not call.policy.manner.templates:
        return []
    return [
        {
            "id": number_of("template", name),
            "name": name,
            "content": f"{name.removesuffix('.txt')}\n\nTo be filled in by the shipper, form {number_of('form', name)[:8]}.\n",
        }
        for name in TEMPLATES
    ]


def signed_link(call: Call, file: Record) -> Record:
    """The link to a file that needs no token for an hour."""
    if not call.policy.manner.signed_links:
        return {}
    until = str(int(time.time()) + LINK_LIFETIME)
    return {
        "link": f"/api/v2/shared/{file['id']}?expires={until}&signature={_signature(call, file['id'], until)}"
    }


async def shared(call: Call) -> Response:
    """The content of a file for whoever has its signed link."""
    asked = call.request.query_params
    until, signature = asked.get("expires", ""), asked.get("signature", "")
    file = call.ledger.tables["files"].get(call.id)
    good = hmac.compare_digest(signature.encode(), _signature(call, call.id, until).encode())
    if not call.policy.manner.signed_links or file is None or not good or int(until) < time.time():
        raise HTTPException(404)
    return Response(file["content"], media_type="text/plain", headers={"cache-control": "no-store"})


def _signature(call: Call, number: str, until: str) -> str:
    key = call.keeper.keys.strong
    return hmac.new(key, f"shared {number} {until}".encode(), hashlib.sha256).hexdigest()


def _catalogue() -> list[Record]:
    return [{"id": number_of("offer", name), "name": name, "says": says} for name, says in CATALOGUE]


async def catalogue(call: Call) -> Response:
    """What quay offers, to all clients alike."""
    _there(call, on=call.policy.manner.catalogue)
    return answered({"data": _catalogue(), "count": len(CATALOGUE)})


async def offer(call: Call) -> Response:
    """One thing of the catalogue."""
    _there(call, on=call.policy.manner.catalogue)
    found = next((each for each in _catalogue() if each["id"] == call.id), None)
    if found is None:
        raise HTTPException(404)
    return answered(found)


async def overview(call: Call) -> Response:
    """The orders of all clients, with whose they are; for the house."""
    _there(call, on=call.policy.manner.overview)
    call.one_of("admin", "staff")
    names = {row["id"]: row["name"] for row in call.ledger.of("tenants", None)}
    rows = [
        shown(call, "orders", row) | {"client": names[row["tenant"]]}
        for row in call.ledger.of("orders", None)
    ]
    return answered({"data": rows, "count": len(rows)})


async def customers(call: Call) -> Response:
    """Whose goods quay moves; for anybody."""
    if not call.policy.manner.customers:
        raise HTTPException(404)
    return answered({"data": [{"name": name, "city": city} for name, city in TENANTS]})


def _there(call: Call, *, on: bool) -> None:
    if not on:
        raise HTTPException(404)
    call.needs_somebody()


ODD: tuple[Endpoint, ...] = (
    ("GET", "/catalogue", catalogue),
    ("GET", "/catalogue/{id}", offer),
    ("GET", "/overview", overview),
    ("GET", "/customers", customers),
    ("GET", "/shared/{id}", shared),
)
"""Endpoints that are there for a look-alike only."""
