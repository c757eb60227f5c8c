"""What do pages and API do with the records? One function per act, so that both obey the same rules."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from launchready_testbed.portal.access import access_of, act, own, taken
from launchready_testbed.portal.sessions import User, database_of
from launchready_testbed.world import World

PAGE_SIZE = 10
BELOW = {
    "tickets": (("comments", "ticket"),),
    "users": tuple(
        (table, "user")
        for table in ("sessions", "recovery_codes", "wrong_codes", "resets", "mails", "provider_accounts")
    ),
}
"""What belongs to a row of a table: other tables, and their columns that name it."""
PAID = {0: "due", 1: "paid"}


@dataclass(frozen=True)
class Slice:
    """One page of a list."""

    rows: tuple[sqlite3.Row, ...]
    number: int
    last: int
    total: int


def listed(request: Request, table: str, user: User, *, search: str | None = None) -> Slice:
    """The page of `table` that the query asks for, newest first, of what `user` may see.

    `search` names a column that must contain the query's `q`; `client` and, of tickets, `status` narrow the list.
    """
    condition, parameters = own(request, user)
    values: list[object] = list(parameters)
    client = request.query_params.get("client", "")
    if client.isdigit() and (user.is_staff or not access_of(request).filter_ignored):
        condition += " AND tenant = ?"
        values.append(int(client))
    status = request.query_params.get("status", "")
    if status and table == "tickets":
        condition += " AND status = ?"
        values.append(status)
    wanted = request.query_params.get("q", "").strip()
    if search and wanted:
        condition += f" AND instr(lower({search}), lower(?))"
        values.append(wanted)
    database = database_of(request)
    total: int = database.execute(f"SELECT count(*) FROM {table} WHERE {condition}", values).fetchone()[0]
    last = max(1, -(-total // PAGE_SIZE))
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    if not 1 <= number <= last:
        raise HTTPException(404)
    order = "random()" if act(request) in access_of(request).shuffled else "id DESC"
    rows = database.execute(
        f"SELECT * FROM {table} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, PAGE_SIZE, (number - 1) * PAGE_SIZE),
    ).fetchall()
    return Slice(tuple(rows), number, last, total)


def everything(request: Request, table: str, user: User) -> list[sqlite3.Row]:
    """All of `table` that `user` may see, oldest first."""
    condition, parameters = own(request, user)
    return (
        database_of(request)
        .execute(f"SELECT * FROM {table} WHERE {condition} ORDER BY id", parameters)
        .fetchall()
    )


def chosen(request: Request, table: str, user: User, ids: Sequence[int]) -> list[sqlite3.Row]:
    """Those rows of `table` with one of `ids` that `user` may see."""
    condition, parameters = own(request, user)
    marks = ", ".join("?" * len(ids))
    return (
        database_of(request)
        .execute(
            f"SELECT * FROM {table} WHERE id IN ({marks}) AND {condition} ORDER BY id", (*ids, *parameters)
        )
        .fetchall()
    )


def found(request: Request, user: User, words: str) -> list[sqlite3.Row]:
    """The newest twenty tickets that `user` may see with `words` in them."""
    condition, parameters = own(request, user)
    return (
        database_of(request)
        .execute(
            f"SELECT * FROM tickets WHERE instr(lower(title || ' ' || body), lower(?)) AND {condition}"
            " ORDER BY id DESC LIMIT 20",
            (words, *parameters),
        )
        .fetchall()
    )


def similar(request: Request, user: User, ticket: sqlite3.Row) -> list[sqlite3.Row]:
    """Up to three other tickets of the same client about the same.

    What asks for them may leave out to ask whose ticket the page itself is about, without leaving this out.
    """
    everywhere = f"{act(request)}?include=similar" in access_of(request).tenant_not_asked
    return (
        database_of(request)
        .execute(
            "SELECT * FROM tickets WHERE title = ? AND id <> ? AND (tenant = ? OR ?) ORDER BY tenant = ?, id LIMIT 3",
            (ticket["title"], ticket["id"], ticket["tenant"], everywhere, ticket["tenant"]),
        )
        .fetchall()
    )


def note(request: Request, actor: str, action: str, subject: str) -> None:
    """Writes who did what to what into the audit log, and into the application's log."""
    world: World = request.scope["world"]
    world.logs.tell(actor, action, subject, request.client.host if request.client else "")
    database_of(request).execute(
        "INSERT INTO audit (at, actor, action, object) VALUES (?, ?, ?, ?)", (now(), actor, action, subject)
    )


def now() -> str:
    """The present second, in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def open_ticket(request: Request, user: User, tenant: int, title: str, body: str) -> int:
    """Opens a ticket and returns its id."""
    return insert(
        request,
        user,
        "ticket",
        "INSERT INTO tickets (tenant, title, body, status, opened) VALUES (?, ?, ?, 'open', ?)",
        (tenant, title, body, now()[:10]),
    )


def change(
    request: Request, user: User, table: str, row: sqlite3.Row, sent: Mapping[str, object], *fields: str
) -> None:
    """Puts those of `fields` that were sent into `row` of `table`; answers 400 for values that cannot be there."""
    changes = taken(request, sent, fields)
    if not changes:
        return
    assignments = ", ".join(f"{name} = ?" for name in changes)
    try:
        database_of(request).execute(
            f"UPDATE {table} SET {assignments} WHERE id = ?", (*changes.values(), row["id"])
        )
    except sqlite3.Error as error:
        raise HTTPException(400) from error
    note(request, user.email, "changed", f"{table} {row['id']}")


def remove(request: Request, user: User, table: str, row: sqlite3.Row) -> None:
    """Deletes `row` of `table` with all that belongs to it."""
    database = database_of(request)
    for below, column in BELOW.get(table, ()):
        database.execute(f"DELETE FROM {below} WHERE {column} = ?", (row["id"],))
    database.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
    note(request, user.email, "deleted", f"{table} {row['id']}")


def comment(request: Request, user: User, ticket: sqlite3.Row, body: str) -> None:
    """Adds a comment to a ticket."""
    database_of(request).execute(
        "INSERT INTO comments (ticket, author, body, written) VALUES (?, ?, ?, ?)",
        (ticket["id"], user.name, body, now()[:10]),
    )
    note(request, user.email, "commented", f"ticket {ticket['id']}")


def comments(request: Request, ticket: sqlite3.Row) -> list[sqlite3.Row]:
    """The comments of a ticket, oldest first."""
    return (
        database_of(request)
        .execute("SELECT * FROM comments WHERE ticket = ? ORDER BY id", (ticket["id"],))
        .fetchall()
    )


def keep_document(request: Request, user: User, tenant: int, name: str, content: bytes) -> int:
    """Keeps a document and returns its id."""
    return insert(
        request,
        user,
        "document",
        "INSERT INTO documents (tenant, name, content, uploaded) VALUES (?, ?, ?, ?)",
        (tenant, name, content, now()[:10]),
    )


def ask_for_approval(request: Request, user: User, tenant: int, subject: str) -> int:
    """Puts something before a client's people to decide, and returns its id."""
    return insert(
        request, user, "approval", "INSERT INTO approvals (tenant, subject) VALUES (?, ?)", (tenant, subject)
    )


def decide(request: Request, user: User, approval: sqlite3.Row, decision: str) -> None:
    """Decides a pending approval; answers 400 for a strange word and 409 when it was decided before."""
    if decision not in ("approved", "declined"):
        raise HTTPException(400)
    if approval["decision"] != "pending":
        raise HTTPException(409)
    database_of(request).execute("UPDATE approvals SET decision = ? WHERE id = ?", (decision, approval["id"]))
    note(request, user.email, decision, f"approval {approval['id']}")


def clients(request: Request) -> list[sqlite3.Row]:
    """Every client."""
    return database_of(request).execute("SELECT * FROM tenants ORDER BY id").fetchall()


def notes(request: Request, client: int) -> list[sqlite3.Row]:
    """What our staff wrote down about a client."""
    return (
        database_of(request).execute("SELECT * FROM notes WHERE tenant = ? ORDER BY id", (client,)).fetchall()
    )


def people(request: Request) -> list[sqlite3.Row]:
    """Every user, with all that is known of them: an answer shows some fields only."""
    return database_of(request).execute("SELECT * FROM users ORDER BY id").fetchall()


def colleagues(request: Request, user: User) -> list[sqlite3.Row]:
    """Whom `user` works with: the people of the same client, and our staff; as in `people`."""
    return (
        database_of(request)
        .execute("SELECT * FROM users WHERE tenant IS ? OR tenant IS NULL ORDER BY id", (user.tenant,))
        .fetchall()
    )


def announcements(request: Request) -> list[sqlite3.Row]:
    """What we tell all clients, newest first."""
    return database_of(request).execute("SELECT * FROM announcements ORDER BY id DESC").fetchall()


def banner(request: Request) -> str:
    """What stands above everybody's dashboard."""
    row = database_of(request).execute("SELECT value FROM settings WHERE name = 'banner'").fetchone()
    return str(row["value"])


def set_banner(request: Request, user: User, words: str) -> None:
    """Puts `words` above everybody's dashboard."""
    database_of(request).execute("UPDATE settings SET value = ? WHERE name = 'banner'", (words,))
    note(request, user.email, "changed", "banner")


def audit_trail(request: Request) -> list[sqlite3.Row]:
    """The last hundred entries of the audit log, newest first."""
    return database_of(request).execute("SELECT * FROM audit ORDER BY id DESC LIMIT 100").fetchall()


def money(cents: int) -> str:
    """An amount in euro, for people."""
    return f"€ {cents / 100:,.2f}"


def insert(request: Request, user: User, kind: str, statement: str, values: tuple[object, ...]) -> int:
    """Makes a record and returns its id; answers 400 where it names a client that does not exist."""
    try:
        made = database_of(request).execute(statement, values).lastrowid
    except sqlite3.IntegrityError as error:  # a tenant that does not exist
        raise HTTPException(400) from error
    assert made is not None
    note(request, user.email, "created", f"{kind} {made}")
    return made
