"""What do people see and do with tickets?"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import checked_form, fetch, person, tenant_for, text
from launchready_testbed.portal.rendering import page, see


async def tickets(request: Request) -> Response:
    """The list, which can be searched and turned."""
    part = records.listed(request, "tickets", person(request), search="title")
    search = request.query_params.get("q", "")
    return page(
        request,
        "list.html",
        title="Tickets",
        columns=("Title", "Status", "Opened"),
        rows=[(f"/tickets/{row['id']}", (row["title"], row["status"], row["opened"])) for row in part.rows],
        slice=part,
        search=search,
        query="&" + urlencode({"q": search}) if search else "",
        new="/tickets/new",
    )


async def new_ticket(request: Request) -> Response:
    """The form for a new ticket, and what it sends."""
    user = person(request)
    if request.method == "POST":
        form = await checked_form(request)
        tenant = tenant_for(user, form.get("tenant"))
        made = records.open_ticket(
            request, user, tenant, text(form, "title", longest=200), text(form, "body")
        )
        return see(request, f"/tickets/{made}")
    fields = [("title", "Title", "text"), ("body", "What is it about?", "textarea")]
    if user.is_staff:
        fields.insert(0, ("tenant", "Number of the client", "number"))
    return page(
        request,
        "form.html",
        form=True,
        title="New ticket",
        action="/tickets/new",
        button="Open ticket",
        upload=False,
        problem="",
        hidden=(),
        fields=fields,
        links=(),
    )


async def ticket(request: Request) -> Response:
    """One ticket with its comments."""
    found = fetch(request, "tickets", person(request))
    return page(request, "ticket.html", ticket=found, comments=records.comments(request, found))


async def comment(request: Request) -> Response:
    """Adds a comment."""
    user = person(request)
    found = fetch(request, "tickets", user)
    form = await checked_form(request)
    records.comment(request, user, found, text(form, "body"))
    return see(request, f"/tickets/{found['id']}")


ROUTES = (
    Route("/tickets", tickets),
    Route("/tickets/new", new_ticket, methods=["GET", "POST"]),
    Route("/tickets/{id:int}", ticket),
    Route("/tickets/{id:int}/comments", comment, methods=["POST"]),
)
