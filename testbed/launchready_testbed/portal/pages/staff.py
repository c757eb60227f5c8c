"""What do our own people see?"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import fetch_client, person
from launchready_testbed.portal.rendering import page


async def clients(request: Request) -> Response:
    """Every client; for staff."""
    person(request, "admin", "staff")
    rows = [(f"/clients/{row['id']}", (row["name"], row["city"])) for row in records.clients(request)]
    return _table(request, "Clients", ("Name", "City"), rows)


async def client(request: Request) -> Response:
    """One client; for staff."""
    person(request, "admin", "staff")
    row = fetch_client(request)
    return page(
        request, "prose.html", title=row["name"], paragraphs=(row["city"],), links=(("/clients", "All"),)
    )


async def users(request: Request) -> Response:
    """Every user; for admins."""
    person(request, "admin")
    rows = [("", (row["name"], row["email"], row["role"])) for row in records.people(request)]
    return _table(request, "Users", ("Name", "Address", "Role"), rows)


async def audit(request: Request) -> Response:
    """Who did what; for admins."""
    person(request, "admin")
    rows = [
        ("", (row["at"], row["actor"], row["action"], row["object"])) for row in records.audit_trail(request)
    ]
    return _table(request, "Audit log", ("When", "Who", "Did", "What"), rows)


def _table(
    request: Request, title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> Response:
    return page(request, "list.html", title=title, columns=columns, rows=rows, slice=None, new="", query="")


ROUTES = (
    Route("/clients", clients),
    Route("/clients/{id:int}", client),
    Route("/users", users),
    Route("/audit", audit),
)
