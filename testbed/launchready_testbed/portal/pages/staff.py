"""What do our own people see of clients?"""

from __future__ import annotations

import csv
import io

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import checked_form, fetch_shared, offered, person, text
from launchready_testbed.portal.rendering import page, see


async def clients(request: Request) -> Response:
    """Every client; for staff."""
    person(request, "admin", "staff")
    return page(
        request,
        "list.html",
        title="Clients",
        columns=("Name", "City"),
        rows=[(f"/clients/{row['id']}", (row["name"], row["city"])) for row in records.clients(request)],
        slice=None,
        query="",
        new="",
        views=offered(request, ("client-export", "/clients/export.csv", "As a table")),
    )


async def export(request: Request) -> Response:
    """Every client with what we noted, for a spreadsheet; for staff."""
    person(request, "admin", "staff")
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("client", "city", "note"))
    for row in records.clients(request):
        table.writerows(
            (row["name"], row["city"], note["body"]) for note in records.notes(request, row["id"])
        )
    headers = {"content-disposition": 'attachment; filename="clients.csv"', "cache-control": "no-store"}
    return Response(file.getvalue(), media_type="text/csv", headers=headers)


async def client(request: Request) -> Response:
    """One client with what we noted; for staff."""
    person(request, "admin", "staff")
    row = fetch_shared(request, "tenants")
    return page(request, "client.html", client=row, notes=records.notes(request, row["id"]))


async def add_note(request: Request) -> Response:
    """Notes something about a client; for staff."""
    user = person(request, "admin", "staff")
    row = fetch_shared(request, "tenants")
    form = await checked_form(request)
    values = (row["id"], user.name, text(form, "body"), records.now()[:10])
    statement = "INSERT INTO notes (tenant, author, body, written) VALUES (?, ?, ?, ?)"
    records.insert(request, user, "note", statement, values)
    return see(request, f"/clients/{row['id']}")


async def delete_note(request: Request) -> Response:
    """Deletes what was noted; for staff."""
    user = person(request, "admin", "staff")
    row = fetch_shared(request, "notes")
    await checked_form(request)
    records.remove(request, user, "notes", row)
    return see(request, f"/clients/{row['tenant']}")


ROUTES = (
    Route("/clients", clients),
    Route("/clients/export.csv", export),
    Route("/clients/{id:int}", client),
    Route("/clients/{id:int}/notes", add_note, methods=["POST"]),
    Route("/notes/{id:int}/delete", delete_note, methods=["POST"]),
)
