"""What do people see and decide?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import checked_form, fetch, person, text
from launchready_testbed.portal.rendering import page, see


async def approvals(request: Request) -> Response:
    """The list."""
    part = records.listed(request, "approvals", person(request))
    return page(
        request,
        "list.html",
        title="Approvals",
        columns=("Subject", "Decision"),
        rows=[(f"/approvals/{row['id']}", (row["subject"], row["decision"])) for row in part.rows],
        slice=part,
        query="",
        new="",
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
    return see(request, f"/approvals/{found['id']}")


ROUTES = (
    Route("/approvals", approvals),
    Route("/approvals/{id:int}", approval),
    Route("/approvals/{id:int}/decision", decide, methods=["POST"]),
)
