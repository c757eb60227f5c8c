"""What does the JSON interface change? The same records under the same rules as the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.portal import records, told
from launchready_testbed.portal.access import fetch, fetch_named, fetch_shared, person, tenant_for
from launchready_testbed.portal.interface import answered, done, guard, sent, words
from launchready_testbed.portal.sessions import database_of


async def open_ticket(request: Request) -> Response:
    """Opens a ticket."""
    user = person(request)
    value = await sent(request)
    tenant = tenant_for(request, user, value.get("tenant"))
    made = records.open_ticket(
        request, user, tenant, words(value, "title", longest=200), words(value, "body")
    )
    row = database_of(request).execute("SELECT * FROM tickets WHERE id = ?", (made,)).fetchone()
    records.change(request, user, "tickets", row, value)
    return answered({"id": made}, 201)


async def change_ticket(request: Request) -> Response:
    """Changes what is said in a ticket, or its status."""
    user = person(request)
    ticket = fetch(request, "tickets", user)
    value = await sent(request)
    ticket = fetch_named(request, "tickets", ticket, value.get("id"))
    records.change(request, user, "tickets", ticket, value, "title", "body", "status")
    return done()


async def delete_ticket(request: Request) -> Response:
    """Deletes a ticket with its comments."""
    user = person(request)
    ticket = fetch(request, "tickets", user)
    guard(request)
    records.remove(request, user, "tickets", ticket)
    return done()


async def comment(request: Request) -> Response:
    """Adds a comment to a ticket."""
    user = person(request)
    ticket = fetch(request, "tickets", user)
    records.comment(request, user, ticket, words(await sent(request), "body"))
    told.of_comment(request, user, ticket)
    return done()


async def change_document(request: Request) -> Response:
    """Gives a document another name."""
    user = person(request)
    document = fetch(request, "documents", user)
    records.change(request, user, "documents", document, await sent(request), "name")
    return done()


async def delete_document(request: Request) -> Response:
    """Deletes a document."""
    user = person(request)
    document = fetch(request, "documents", user)
    guard(request)
    records.remove(request, user, "documents", document)
    return done()


async def ask_for_approval(request: Request) -> Response:
    """Puts something before a client's people to decide."""
    user = person(request)
    value = await sent(request)
    tenant = tenant_for(request, user, value.get("tenant"))
    about = words(value, "subject", longest=200)
    made = records.ask_for_approval(request, user, tenant, about)
    told.of_approval(request, tenant, made, about)
    row = database_of(request).execute("SELECT * FROM approvals WHERE id = ?", (made,)).fetchone()
    records.change(request, user, "approvals", row, value)
    return answered({"id": made}, 201)


async def decide(request: Request) -> Response:
    """Decides an approval."""
    user = person(request)
    approval = fetch(request, "approvals", user)
    decision = words(await sent(request), "decision")
    records.decide(request, user, approval, decision)
    told.of_decision(request, user, approval)
    return answered({"id": approval["id"], "decision": decision})


async def withdraw(request: Request) -> Response:
    """Takes back what was put before people to decide."""
    user = person(request)
    approval = fetch(request, "approvals", user)
    guard(request)
    records.remove(request, user, "approvals", approval)
    return done()


async def change_profile(request: Request) -> Response:
    """Changes the person's own name or telephone number."""
    user = person(request)
    row = database_of(request).execute("SELECT * FROM users WHERE id = ?", (user.id,)).fetchone()
    records.change(request, user, "users", row, await sent(request), "name", "phone")
    return done()


async def announce(request: Request) -> Response:
    """Tells all clients something; for admins."""
    user = person(request, "admin")
    value = await sent(request)
    title = words(value, "title", longest=200)
    made = records.insert(
        request,
        user,
        "announcement",
        "INSERT INTO announcements (title, body, written) VALUES (?, ?, ?)",
        (title, words(value, "body"), records.now()[:10]),
    )
    told.of_news(request, title)
    return answered({"id": made}, 201)


async def take_back_announcement(request: Request) -> Response:
    """Tells it no longer; for admins."""
    user = person(request, "admin")
    announcement = fetch_shared(request, "announcements")
    guard(request)
    records.remove(request, user, "announcements", announcement)
    return done()


async def change_user(request: Request) -> Response:
    """Changes a user's name; for admins."""
    user = person(request, "admin")
    row = fetch_shared(request, "users")
    records.change(request, user, "users", row, await sent(request), "name")
    return done()
