"""What do pages and API do with the records? One function per act, so that both obey the same rules."""

from __future__ import annotations

import datetime
import sqlite3
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from launchready_testbed.portal.access import own
from launchready_testbed.portal.sessions import User, database_of

PAGE_SIZE = 10
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

    `search` names a column that must contain the query's `q`.
    """
    condition, parameters = own(user)
    values: list[object] = list(parameters)
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
    rows = database.execute(
        f"SELECT * FROM {table} WHERE {condition} ORDER BY id DESC LIMIT ? OFFSET ?",
        (*values, PAGE_SIZE, (number - 1) * PAGE_SIZE),
    ).fetchall()
    return Slice(tuple(rows), number, last, total)


def note(request: Request, actor: str, action: str, subject: str) -> None:
    """Writes who did what to what into the audit log."""
    database_of(request).execute(
        "INSERT INTO audit (at, actor, action, object) VALUES (?, ?, ?, ?)", (now(), actor, action, subject)
    )


def now() -> str:
    """The present second, in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def open_ticket(request: Request, user: User, tenant: int, title: str, body: str) -> int:
    """Opens a ticket and returns its id."""
    return _insert(
        request,
        user,
        "ticket",
        "INSERT INTO tickets (tenant, title, body, status, opened) VALUES (?, ?, ?, 'open', ?)",
        (tenant, title, body, now()[:10]),
    )


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
    return _insert(
        request,
        user,
        "document",
        "INSERT INTO documents (tenant, name, content, uploaded) VALUES (?, ?, ?, ?)",
        (tenant, name, content, now()[:10]),
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


def people(request: Request) -> list[sqlite3.Row]:
    """Every user, without passwords."""
    return (
        database_of(request).execute("SELECT id, tenant, email, name, role FROM users ORDER BY id").fetchall()
    )


def audit_trail(request: Request) -> list[sqlite3.Row]:
    """The last hundred entries of the audit log, newest first."""
    return database_of(request).execute("SELECT * FROM audit ORDER BY id DESC LIMIT 100").fetchall()


def money(cents: int) -> str:
    """An amount in euro, for people."""
    return f"€ {cents / 100:,.2f}"


def _insert(request: Request, user: User, kind: str, statement: str, values: tuple[object, ...]) -> int:
    try:
        made = database_of(request).execute(statement, values).lastrowid
    except sqlite3.IntegrityError as error:  # a tenant that does not exist
        raise HTTPException(400) from error
    assert made is not None
    note(request, user.email, "created", f"{kind} {made}")
    return made
