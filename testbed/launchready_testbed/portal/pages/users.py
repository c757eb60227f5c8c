"""What do administrators see and change?"""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import checked_form, fetch_shared, offered, person, text
from launchready_testbed.portal.passwords import hash_password
from launchready_testbed.portal.rendering import page, see


async def users(request: Request) -> Response:
    """Every user; for admins."""
    person(request, "admin")
    people = records.people(request)
    return page(
        request,
        "users.html",
        title="Users",
        columns=("Name", "Address", "Role"),
        rows=[("", (row["name"], row["email"], row["role"])) for row in people],
        numbers=[row["id"] for row in people],
        slice=None,
        query="",
        new="",
        views=offered(request, ("user-data", "/api/v1/users", "As data")),
    )


async def new_user(request: Request) -> Response:
    """Adds a client's person, who gets no letter; for admins."""
    admin = person(request, "admin")
    form = await checked_form(request)
    name, email = text(form, "name", longest=100), text(form, "email", longest=200).lower()
    tenant = text(form, "tenant", longest=9)
    if not tenant.isdigit() or "@" not in email:
        raise HTTPException(400)
    statement = "INSERT INTO users (tenant, email, name, role, password) VALUES (?, ?, ?, 'client', ?)"
    unknown = hash_password(secrets.token_urlsafe(32))  # until the person asks for another one
    records.insert(request, admin, "user", statement, (int(tenant), email, name, unknown))
    return see(request, "/users")


async def change_role(request: Request) -> Response:
    """Gives a user another role; for admins."""
    admin = person(request, "admin")
    row = fetch_shared(request, "users")
    form = await checked_form(request)
    records.change(request, admin, "users", row, {"role": text(form, "role", longest=10)}, "role")
    return see(request, "/users")


async def delete_user(request: Request) -> Response:
    """Deletes a user, but never the one who asks; for admins."""
    admin = person(request, "admin")
    row = fetch_shared(request, "users")
    await checked_form(request)
    if row["id"] == admin.id:
        raise HTTPException(409)
    records.remove(request, admin, "users", row)
    return see(request, "/users")


async def audit(request: Request) -> Response:
    """Who did what; for admins."""
    person(request, "admin")
    rows = [
        ("", (row["at"], row["actor"], row["action"], row["object"])) for row in records.audit_trail(request)
    ]
    return page(
        request,
        "list.html",
        title="Audit log",
        columns=("When", "Who", "Did", "What"),
        rows=rows,
        slice=None,
        query="",
        new="",
        views=offered(request, ("audit-data", "/api/v1/audit", "As data")),
    )


async def settings(request: Request) -> Response:
    """What administrators decide for all, and the form to change it."""
    admin = person(request, "admin")
    if request.method == "POST":
        form = await checked_form(request)
        records.set_banner(request, admin, text(form, "banner", longest=200))
        return see(request, "/settings")
    return page(request, "settings.html", banner=records.banner(request))


ROUTES = (
    Route("/users", users),
    Route("/users/new", new_user, methods=["POST"]),
    Route("/users/{id:int}/role", change_role, methods=["POST"]),
    Route("/users/{id:int}/delete", delete_user, methods=["POST"]),
    Route("/audit", audit),
    Route("/settings", settings, methods=["GET", "POST"]),
)
