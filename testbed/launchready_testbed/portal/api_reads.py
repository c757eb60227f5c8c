"""What does the JSON interface show? The same records under the same rules as the pages."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.portal import records, sessions
from launchready_testbed.portal.access import Endpoint, fetch, fetch_below, fetch_shared, person
from launchready_testbed.portal.interface import all_shown, answered, sent, shown
from launchready_testbed.portal.pages.documents import attachment
from launchready_testbed.portal.sessions import database_of

TABLES = ("tickets", "invoices", "documents", "approvals")
SEARCHED = {"tickets": "title", "documents": "name"}
MOST = 50
"""Tickets that can be looked up at once."""


async def status(request: Request) -> Response:
    """Whether all is well; for anybody."""
    return answered({"status": "ok", "message": "All systems work."})


async def session(request: Request) -> Response:
    """Who is signed in, with the token that writes need."""
    user = person(request)
    present = sessions.current(request)
    assert present is not None
    return answered(
        {"id": user.id, "name": user.name, "email": user.email, "role": user.role, "csrf": present.csrf}
    )


async def profile(request: Request) -> Response:
    """What the person can see and change of themselves."""
    user = person(request)
    row = database_of(request).execute("SELECT * FROM users WHERE id = ?", (user.id,)).fetchone()
    return answered(shown(request, row, "profile"))


async def colleagues(request: Request) -> Response:
    """Whom the person works with."""
    return all_shown(request, records.colleagues(request, person(request)), "colleagues")


def listing(table: str) -> Endpoint:
    """An endpoint that lists one table."""

    async def endpoint(request: Request) -> Response:
        part = records.listed(request, table, person(request), search=SEARCHED.get(table))
        items = [shown(request, row, table) for row in part.rows]
        return answered({"items": items, "page": part.number, "pages": part.last, "total": part.total})

    return endpoint


def single(table: str) -> Endpoint:
    """An endpoint that shows one row of a table."""

    async def endpoint(request: Request) -> Response:
        return answered(shown(request, fetch(request, table, person(request)), table))

    return endpoint


async def ticket(request: Request) -> Response:
    """One ticket; with `include`, its comments or tickets like it as well."""
    user = person(request)
    found = fetch(request, "tickets", user)
    answer = shown(request, found, "tickets")
    included = request.query_params.get("include", "").split(",")
    if "comments" in included:
        answer["comments"] = [shown(request, row, "comments") for row in records.comments(request, found)]
    if "similar" in included:
        rows = records.similar(request, user, found)
        answer["similar"] = [shown(request, row, "tickets") for row in rows]
    return answered(answer)


async def look_up(request: Request) -> Response:
    """Several tickets at once, by their ids in the body. It is a POST because there may be many, and changes nothing."""
    user = person(request)
    ids = (await sent(request, changes=False)).get("ids")
    if not isinstance(ids, list) or len(ids) > MOST or not all(isinstance(each, int) for each in ids):
        raise HTTPException(400)
    return all_shown(request, records.chosen(request, "tickets", user, ids), "tickets")


async def invoice_of_client(request: Request) -> Response:
    """One invoice, below its client."""
    return answered(shown(request, fetch_below(request, "invoices", person(request)), "invoices"))


async def content(request: Request) -> Response:
    """The content of a document."""
    return attachment(fetch(request, "documents", person(request)))


async def announcements(request: Request) -> Response:
    """What we tell all clients."""
    person(request)
    return all_shown(request, records.announcements(request), "announcements")


async def clients(request: Request) -> Response:
    """Every client; for staff."""
    person(request, "admin", "staff")
    return all_shown(request, records.clients(request), "clients")


async def client(request: Request) -> Response:
    """One client; for staff."""
    person(request, "admin", "staff")
    return answered(shown(request, fetch_shared(request, "tenants"), "clients"))


async def users(request: Request) -> Response:
    """Every user; for admins."""
    person(request, "admin")
    return all_shown(request, records.people(request), "users")


async def audit(request: Request) -> Response:
    """Who did what; for admins."""
    person(request, "admin")
    return all_shown(request, records.audit_trail(request), "audit")
