"""What do people see and do with tickets?"""

from __future__ import annotations

import sqlite3
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records, told
from launchready_testbed.portal.access import (
    Endpoint,
    checked_form,
    fetch,
    offered,
    person,
    tenant_for,
    text,
    wants_json,
)
from launchready_testbed.portal.interface import answered, shown
from launchready_testbed.portal.pages import feeds
from launchready_testbed.portal.rendering import page, see
from launchready_testbed.portal.sessions import User


async def tickets(request: Request) -> Response:
    """The list, which can be searched and turned."""
    user = person(request)
    part = records.listed(request, "tickets", user, search="title")
    search = request.query_params.get("q", "")
    return page(
        request,
        "list.html",
        title="Tickets",
        columns=("Title", "Status", "Opened"),
        rows=[(f"/tickets/{row['id']}", (row["title"], row["status"], row["opened"])) for row in part.rows],
        slice=part,
        search=search,
        query=kept(request, "q", "status", "client"),
        views=offered(
            request,
            ("ticket-data", f"/api/v1/tickets?{of_client(user)}page=1", "As data"),
            *feeds.addresses(user),
        ),
        new="/tickets/new",
    )


async def new_ticket(request: Request) -> Response:
    """The form for a new ticket, and what it sends."""
    user = person(request)
    if request.method == "POST":
        form = await checked_form(request)
        tenant = tenant_for(request, user, form.get("tenant"))
        made = records.open_ticket(
            request, user, tenant, text(form, "title", longest=200), text(form, "body")
        )
        return see(request, f"/tickets/{made}")
    fields = [("title", "Title", "text"), ("body", "What is it about?", "textarea")]
    hidden = () if user.is_staff else (("tenant", user.tenant),)
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
        hidden=hidden,
        fields=fields,
        links=(),
    )


async def ticket(request: Request) -> Response:
    """One ticket with its comments."""
    found = fetch(request, "tickets", person(request))
    if wants_json(request):
        return answered(shown(request, found, "tickets"))
    return page(request, "ticket.html", ticket=found, comments=records.comments(request, found))


async def comment(request: Request) -> Response:
    """Adds a comment."""
    user = person(request)
    found = fetch(request, "tickets", user)
    form = await checked_form(request)
    records.comment(request, user, found, text(form, "body"))
    told.of_comment(request, user, found)
    return see(request, f"/tickets/{found['id']}")


async def edit(request: Request) -> Response:
    """Changes what is said in a ticket."""
    user = person(request)
    found = fetch(request, "tickets", user)
    records.change(request, user, "tickets", found, await checked_form(request), "title", "body")
    return see(request, f"/tickets/{found['id']}")


def becomes(status: str) -> Endpoint:
    """An endpoint that gives a ticket another status."""

    async def endpoint(request: Request) -> Response:
        user = person(request)
        found = fetch(request, "tickets", user)
        await checked_form(request)
        records.change(request, user, "tickets", found, {"status": status}, "status")
        return see(request, f"/tickets/{found['id']}")

    return endpoint


async def delete(request: Request) -> Response:
    """Deletes a ticket."""
    user = person(request)
    found = fetch(request, "tickets", user)
    await checked_form(request)
    records.remove(request, user, "tickets", found)
    return see(request, "/tickets")


async def fee(request: Request) -> Response:
    """Sets what a ticket costs; for staff."""
    user = person(request, "admin", "staff")
    found = fetch(request, "tickets", user)
    form = await checked_form(request)
    cents = text(form, "fee", longest=9)
    if not cents.isdigit():
        raise HTTPException(400)
    records.change(request, user, "tickets", found, {"fee": cents}, "fee")
    return see(request, f"/tickets/{found['id']}")


async def search(request: Request) -> Response:
    """Tickets with certain words anywhere in them."""
    user = person(request)
    asked = request.query_params.get("q", "").strip()
    rows: list[sqlite3.Row] = records.found(request, user, asked) if asked else []
    return page(
        request,
        "list.html",
        title="Search",
        columns=("Title", "Text"),
        rows=[(f"/tickets/{row['id']}", (row["title"], row["body"])) for row in rows],
        slice=None,
        search=asked,
        query="",
        new="",
    )


def of_client(user: User) -> str:
    """The parameter that narrows a list to the person's client; staff see all."""
    return "" if user.is_staff else f"client={user.tenant}&"


def kept(request: Request, *names: str) -> str:
    """Those parameters of the present address, to be put behind another one."""
    given = {name: request.query_params[name] for name in names if request.query_params.get(name)}
    return "&" + urlencode(given) if given else ""


ROUTES = (
    Route("/tickets", tickets),
    Route("/tickets/new", new_ticket, methods=["GET", "POST"]),
    Route("/tickets/{id:int}", ticket),
    Route("/tickets/{id:int}/comments", comment, methods=["POST"]),
    Route("/tickets/{id:int}/edit", edit, methods=["POST"]),
    Route("/tickets/{id:int}/close", becomes("closed"), methods=["POST"]),
    Route("/tickets/{id:int}/reopen", becomes("open"), methods=["POST"]),
    Route("/tickets/{id:int}/delete", delete, methods=["POST"]),
    Route("/tickets/{id:int}/fee", fee, methods=["POST"]),
    Route("/search", search),
)
