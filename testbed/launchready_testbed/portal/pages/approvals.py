"""What do people see and decide?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records, told
from launchready_testbed.portal.access import checked_form, fetch, offered, person, tenant_for, text
from launchready_testbed.portal.rendering import page, see


async def approvals(request: Request) -> Response:
    """The list."""
    part = records.listed(request, "approvals", person(request))
    return page(
        request,
        "approvals.html",
        title="Approvals",
        columns=("Subject", "Decision"),
        rows=[(f"/approvals/{row['id']}", (row["subject"], row["decision"])) for row in part.rows],
        slice=part,
        query="",
        new="",
        views=offered(request, ("approval-data", "/api/v1/approvals", "As data")),
    )


async def approval(request: Request) -> Response:
    """One approval."""
    return page(request, "approval.html", approval=fetch(request, "approvals", person(request)))


async def decide(request: Request) -> Response:
    """Approves or declines."""
    user = person(request)
    found = fetch(request, "approvals", user)
    form = await checked_form(request)
    records.decide(request, user, found, text(form, "decision"))
    told.of_decision(request, user, found)
    return see(request, f"/approvals/{found['id']}")


async def new_approval(request: Request) -> Response:
    """Puts something before a client's people."""
    user = person(request)
    form = await checked_form(request)
    tenant = tenant_for(request, user, form.get("tenant"))
    about = text(form, "subject", longest=200)
    made = records.ask_for_approval(request, user, tenant, about)
    told.of_approval(request, tenant, made, about)
    return see(request, f"/approvals/{made}")


async def withdraw(request: Request) -> Response:
    """Takes back what was put before people to decide."""
    user = person(request)
    found = fetch(request, "approvals", user)
    await checked_form(request)
    records.remove(request, user, "approvals", found)
    return see(request, "/approvals")


ROUTES = (
    Route("/approvals", approvals),
    Route("/approvals/new", new_approval, methods=["POST"]),
    Route("/approvals/{id:int}", approval),
    Route("/approvals/{id:int}/decision", decide, methods=["POST"]),
    Route("/approvals/{id:int}/withdraw", withdraw, methods=["POST"]),
)
