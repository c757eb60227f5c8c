"""What do people see of invoices?"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import secrets
import sqlite3
from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import access_of, checked_form, fetch, fetch_below, offered, person
from launchready_testbed.portal.interface import answered, shown
from launchready_testbed.portal.pages.tickets import kept, of_client
from launchready_testbed.portal.pdf import one_page
from launchready_testbed.portal.rendering import page
from launchready_testbed.portal.sessions import database_of

_SECRET = secrets.token_bytes(32)
COLUMNS = ("Number", "Amount", "Due", "State")


async def invoices(request: Request) -> Response:
    """The list."""
    user = person(request)
    part = records.listed(request, "invoices", user)
    return page(
        request,
        "list.html",
        title="Invoices",
        columns=COLUMNS,
        rows=_rows(part.rows),
        slice=part,
        query=kept(request, "client"),
        new="",
        choose="/invoices/statement",
        views=offered(
            request,
            ("filter", f"/invoices?{of_client(user)}page=1", "From the newest on"),
            ("invoice-data", f"/api/v1/invoices?{of_client(user)}page=1", "As data"),
            ("export", "/invoices/export.csv", "As a table"),
        ),
    )


async def statement(request: Request) -> Response:
    """The invoices that were chosen in the list, with their sum."""
    user = person(request)
    form = await checked_form(request)
    ids = [int(each) for each in form.getlist("id") if isinstance(each, str) and each.isdigit()]
    rows = records.chosen(request, "invoices", user, ids)
    return page(
        request,
        "list.html",
        title=f"Statement of {records.money(sum(row['cents'] for row in rows))}",
        columns=COLUMNS,
        rows=_rows(rows),
        slice=None,
        query="",
        new="",
    )


async def export(request: Request) -> Response:
    """Every invoice, for a spreadsheet."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("number", "client", "cents", "due", "state"))
    for row in records.everything(request, "invoices", person(request)):
        values = (row["number"], _client(request, row), row["cents"], row["due"], records.PAID[row["paid"]])
        table.writerow(values)
    headers = {"content-disposition": 'attachment; filename="invoices.csv"', "cache-control": "no-store"}
    return Response(file.getvalue(), media_type="text/csv", headers=headers)


async def invoice(request: Request) -> Response:
    """One invoice."""
    return _page(request, fetch(request, "invoices", person(request)))


async def invoice_below_client(request: Request) -> Response:
    """One invoice, as it is printed."""
    row = fetch_below(request, "invoices", person(request))
    words = (f"For {_client(request, row)}", records.money(row["cents"]), f"Due on {row['due']}")
    return page(request, "prose.html", title=f"Invoice {row['number']}", paragraphs=words, links=())


async def invoice_as_data(request: Request) -> Response:
    """One invoice, for programs."""
    return answered(shown(request, fetch(request, "invoices", person(request)), "invoices"))


async def shared_invoice(request: Request) -> Response:
    """One invoice, for whoever was given its link: the signature in it is what counts."""
    number, signature = request.path_params["id"], request.path_params["signature"]
    if not access_of(request).invoices_shared or not hmac.compare_digest(_signature(number), signature):
        raise HTTPException(404)
    row = database_of(request).execute("SELECT * FROM invoices WHERE id = ?", (number,)).fetchone()
    words = (records.money(row["cents"]), f"Due on {row['due']}", f"For {_client(request, row)}")
    response = page(request, "prose.html", title=f"Invoice {row['number']}", paragraphs=words, links=())
    response.headers["referrer-policy"] = "no-referrer"
    return response


async def invoice_pdf(request: Request) -> Response:
    """One invoice as a file."""
    row = fetch(request, "invoices", person(request))
    lines = (f"Invoice {row['number']}", f"EUR {row['cents'] / 100:.2f}", f"Due on {row['due']}")
    headers = {
        "content-disposition": f'attachment; filename="{row["number"]}.pdf"',
        "cache-control": "no-store",
    }
    return Response(one_page(lines), media_type="application/pdf", headers=headers)


def _rows(rows: Iterable[sqlite3.Row]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            f"/invoices/{row['id']}",
            (row["number"], records.money(row["cents"]), row["due"], records.PAID[row["paid"]]),
        )
        for row in rows
    ]


def _page(request: Request, row: sqlite3.Row) -> Response:
    shared = access_of(request).invoices_shared
    share = f"/shared/invoices/{row['id']}/{_signature(row['id'])}" if shared else ""
    return page(request, "invoice.html", invoice=row, client=_client(request, row), share=share)


def _client(request: Request, row: sqlite3.Row) -> str:
    found = database_of(request).execute("SELECT name FROM tenants WHERE id = ?", (row["tenant"],)).fetchone()
    return str(found["name"])


def _signature(number: int) -> str:
    """Of the invoice with this number: 160 bits."""
    return hmac.new(_SECRET, b"invoice %d" % number, hashlib.sha256).hexdigest()[:40]


ROUTES = (
    Route("/invoices", invoices),
    Route("/invoices/statement", statement, methods=["POST"]),
    Route("/invoices/export.csv", export),
    Route("/invoices/{id:int}", invoice),
    Route("/invoices/{id:int}.json", invoice_as_data),
    Route("/invoices/{id:int}/pdf", invoice_pdf),
    Route("/clients/{client:int}/invoices/{id:int}", invoice_below_client),
    Route("/shared/invoices/{id:int}/{signature}", shared_invoice),
)
