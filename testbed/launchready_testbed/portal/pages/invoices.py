"""What do people see of invoices?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import fetch, person
from launchready_testbed.portal.pdf import one_page
from launchready_testbed.portal.rendering import page


async def invoices(request: Request) -> Response:
    """The list."""
    part = records.listed(request, "invoices", person(request))
    return page(
        request,
        "list.html",
        title="Invoices",
        columns=("Number", "Amount", "Due", "State"),
        rows=[
            (
                f"/invoices/{row['id']}",
                (row["number"], records.money(row["cents"]), row["due"], records.PAID[row["paid"]]),
            )
            for row in part.rows
        ],
        slice=part,
        query="",
        new="",
    )


async def invoice(request: Request) -> Response:
    """One invoice."""
    return page(request, "invoice.html", invoice=fetch(request, "invoices", person(request)))


async def invoice_pdf(request: Request) -> Response:
    """One invoice as a file."""
    row = fetch(request, "invoices", person(request))
    lines = (f"Invoice {row['number']}", f"EUR {row['cents'] / 100:.2f}", f"Due on {row['due']}")
    headers = {
        "content-disposition": f'attachment; filename="{row["number"]}.pdf"',
        "cache-control": "no-store",
    }
    return Response(one_page(lines), media_type="application/pdf", headers=headers)


ROUTES = (
    Route("/invoices", invoices),
    Route("/invoices/{id:int}", invoice),
    Route("/invoices/{id:int}/pdf", invoice_pdf),
)
