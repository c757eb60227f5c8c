"""May this person do that? Everything is decided here, on the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.portal import sessions
from launchready_testbed.portal.sessions import LoginRequiredError, Role, User, database_of

Endpoint = Callable[[Request], Awaitable[Response]]


def person(request: Request, *roles: Role) -> User:
    """Who is signed in. Raises LoginRequiredError, or answers 403 when the person has none of `roles`."""
    session = sessions.current(request)
    if session is None or session.user is None:
        raise LoginRequiredError
    if roles and session.user.role not in roles:
        raise HTTPException(403)
    return session.user


def own(user: User, column: str = "tenant") -> tuple[str, tuple[int, ...]]:
    """An SQL condition, with its parameters, for the rows that `user` may see."""
    return ("1 = 1", ()) if user.tenant is None else (f"{column} = ?", (user.tenant,))


def fetch(request: Request, table: str, user: User) -> sqlite3.Row:
    """The row of `table` that the path names. Somebody else's answers 404, as one that does not exist."""
    condition, parameters = own(user)
    row: sqlite3.Row | None = (
        database_of(request)
        .execute(
            f"SELECT * FROM {table} WHERE id = ? AND {condition}", (request.path_params["id"], *parameters)
        )
        .fetchone()
    )
    if row is None:
        raise HTTPException(404)
    return row


async def checked_form(request: Request) -> FormData:
    """The form that was sent, with the right token against forged requests; else answers 403."""
    form = await request.form()
    if not sessions.token_is_right(request, form.get("csrf")):
        raise HTTPException(403)
    return form


def text(form: FormData, field: str, *, longest: int = 2000) -> str:
    """A text field, stripped; answers 400 when it is empty or too long."""
    value = form.get(field)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise HTTPException(400)
    return value.strip()


def tenant_for(user: User, wanted: object) -> int:
    """The tenant a new record belongs to: a client's own; staff name one."""
    if user.tenant is not None:
        return user.tenant
    if not isinstance(wanted, str | int) or not str(wanted).isdigit():
        raise HTTPException(400)
    return int(wanted)


def fetch_client(request: Request) -> sqlite3.Row:
    """The client that the path names, for callers that have made sure to serve staff; else answers 404."""
    row: sqlite3.Row | None = (
        database_of(request)
        .execute("SELECT * FROM tenants WHERE id = ?", (request.path_params["id"],))
        .fetchone()
    )
    if row is None:
        raise HTTPException(404)
    return row
