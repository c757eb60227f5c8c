"""May this person do that? Everything is decided here, on the server."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.portal import sessions
from launchready_testbed.portal.access_policy import AccessPolicy
from launchready_testbed.portal.sessions import LoginRequiredError, Role, User, database_of
from launchready_testbed.world import World

Endpoint = Callable[[Request], Awaitable[Response]]
STRANGER = User(0, None, "", "", "client")
"""Who has not signed in, where that is not asked."""
LONGEST = 2000
"""Characters of a text."""
JSON_TOO = frozenset({"GET /tickets/{id}"})
"""Pages that come as JSON for who asks for that; it is an act of its own."""


def access_of(request: Request) -> AccessPolicy:
    """What the world leaves out, at this moment."""
    world: World = request.scope["world"]
    return world.access


def offered(request: Request, *links: tuple[str, str, str]) -> list[tuple[str, str]]:
    """Address and words of those links whose name is among what pages lead to."""
    offers = access_of(request).offers
    return [(address, words) for name, address, words in links if name in offers]


def act(request: Request) -> str:
    """What is done: the method and the path without its ids, such as "GET /invoices/{id}"."""
    path: str = request.scope["path"]
    for name, value in request.path_params.items():
        path = re.sub(rf"(?<=/){re.escape(str(value))}(?=[/.]|$)", f"{{{name}}}", path, count=1)
    done = f"{request.method} {path}"
    return f"{done} as JSON" if done in JSON_TOO and wants_json(request) else done


def wants_json(request: Request) -> bool:
    """Whether JSON is what is asked for first."""
    return request.headers.get("accept", "").startswith("application/json")


def person(request: Request, *roles: Role) -> User:
    """Who is signed in. Raises LoginRequiredError, or answers 403 when the person has none of `roles`."""
    policy = access_of(request)
    session = sessions.current(request)
    if session is None or session.user is None:
        if policy.session_not_asked and act(request) in policy.session_not_asked:
            return STRANGER
        raise LoginRequiredError
    if roles and session.user.role not in roles and act(request) not in policy.role_not_asked:
        raise HTTPException(403)
    return session.user


def tenant_of(request: Request, user: User) -> int | None:
    """The client whose records this request is about; None is all of them, which only our own staff get.

    Staff may look at one client, and name it in the header X-Client-Id.
    """
    policy, done = access_of(request), act(request)
    if done in policy.tenant_not_asked:
        return None
    named = request.headers.get("x-client-id", "")
    if named.isdigit() and (user.is_staff or done in policy.header_believed):
        return int(named)
    filtered = request.query_params.get("client", "")
    if filtered.isdigit() and done in policy.filter_believed:
        return int(filtered)
    return user.tenant


def own(request: Request, user: User) -> tuple[str, tuple[int, ...]]:
    """An SQL condition, with its parameters, for the rows that `user` may see."""
    tenant = tenant_of(request, user)
    return ("1 = 1", ()) if tenant is None else ("tenant = ?", (tenant,))


def fetch(request: Request, table: str, user: User) -> sqlite3.Row:
    """The row of `table` that the path names. Somebody else's answers 404, as one that does not exist."""
    condition, parameters = own(request, user)
    row = _found(request, table, request.path_params["id"], condition, parameters)
    named = request.query_params.get("id", "")
    if named.isdigit() and act(request) in access_of(request).query_id_wins:
        return _found(request, table, named)
    return row


def fetch_below(request: Request, table: str, user: User) -> sqlite3.Row:
    """The row of `table` that the path names below its client; both must be the person's own."""
    client: int = request.path_params["client"]
    if user.tenant not in (None, client):
        raise HTTPException(404)
    row = fetch(request, table, user)
    if row["tenant"] != client and act(request) not in access_of(request).tenant_not_asked:
        raise HTTPException(404)
    return row


def fetch_named(request: Request, table: str, row: sqlite3.Row, named: object) -> sqlite3.Row:
    """`row`, which the person may change; where what is sent names another one and that wins, the other."""
    if isinstance(named, int) and act(request) in access_of(request).body_id_wins:
        return _found(request, table, named)
    return row


def _found(
    request: Request, table: str, wanted: object, condition: str = "1 = 1", parameters: tuple[int, ...] = ()
) -> sqlite3.Row:
    row: sqlite3.Row | None = None
    with suppress(OverflowError):  # a number that the database cannot hold is the id of nothing
        row = (
            database_of(request)
            .execute(f"SELECT * FROM {table} WHERE id = ? AND {condition}", (wanted, *parameters))
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


def text(form: FormData, field: str, *, longest: int = LONGEST) -> str:
    """A text field, stripped; answers 400 when it is empty or too long."""
    value = form.get(field)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise HTTPException(400)
    return value.strip()


def tenant_for(request: Request, user: User, wanted: object) -> int:
    """The tenant a new record belongs to: a client's own; staff name one."""
    if user.tenant is not None and act(request) not in access_of(request).field_believed:
        return user.tenant
    if not isinstance(wanted, str | int) or not str(wanted).isdigit():
        raise HTTPException(400)
    return int(wanted)


def fetch_shared(request: Request, table: str) -> sqlite3.Row:
    """The row of `table` that the path names, whoever asks: callers have made sure of the role; else answers 404."""
    return _found(request, table, request.path_params["id"])


def taken(request: Request, sent: Mapping[str, object], fields: tuple[str, ...]) -> dict[str, object]:
    """What of `sent` is taken: those of `fields` that are there, as text that is not empty."""
    taken_too = access_of(request).taken_too.get(act(request), ())
    chosen: dict[str, object] = {name: sent[name] for name in taken_too if name in sent}
    for name in fields:
        value = sent.get(name)
        if value is not None:
            if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
                raise HTTPException(400)
            chosen[name] = value.strip()
    return chosen
