"""Who is asking? Sessions live on the server; the browser holds only a random identifier."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import time
from dataclasses import dataclass
from typing import Literal, cast

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "__Host-session"
LIFETIME = 8 * 3600  # seconds

Role = Literal["admin", "staff", "client"]


@dataclass(frozen=True)
class User:
    """A person who has signed in."""

    id: int
    tenant: int | None
    """The client that the person belongs to; None for our own staff, who serve all."""
    email: str
    name: str
    role: Role

    @property
    def is_staff(self) -> bool:
        """Whether the person works for us."""
        return self.tenant is None


@dataclass(frozen=True)
class Session:
    """One browser; `user` is None until somebody signs in."""

    id: str
    csrf: str
    user: User | None


class LoginRequiredError(Exception):
    """Nobody has signed in, and the page needs somebody."""


def database_of(request: Request) -> sqlite3.Connection:
    """The portal's database."""
    return cast(sqlite3.Connection, request.app.state.database)


def current(request: Request) -> Session | None:
    """The session of this request, looked up once."""
    if not hasattr(request.state, "session"):
        request.state.session = _look_up(request)
    return cast("Session | None", request.state.session)


def begin(request: Request, user: User | None = None) -> Session:
    """A new session, with a new identifier, in place of the present one."""
    end(request)
    session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), user)
    database = database_of(request)
    database.execute("DELETE FROM sessions WHERE expires < ?", (time.time(),))
    database.execute(
        "INSERT INTO sessions VALUES (?, ?, ?, ?)",
        (_stored(session.id), user.id if user else None, session.csrf, time.time() + LIFETIME),
    )
    request.state.session = session
    return session


def end(request: Request) -> None:
    """Ends the present session on the server, if there is one."""
    session = current(request)
    if session:
        database_of(request).execute("DELETE FROM sessions WHERE id = ?", (_stored(session.id),))
    request.state.session = None


def ensure(request: Request) -> Session:
    """The present session, or a new anonymous one: forms need a token against forged requests."""
    return current(request) or begin(request)


def write_cookie(request: Request, response: Response) -> None:
    """Tells the browser its session's identifier when that has changed."""
    session = current(request)
    given = request.cookies.get(COOKIE)
    if session and session.id != given:
        response.set_cookie(COOKIE, session.id, path="/", secure=True, httponly=True, samesite="lax")
    elif given and not session:
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def token_is_right(session: Session | None, token: object) -> bool:
    """Whether `token` is the session's token against forged requests."""
    return session is not None and isinstance(token, str) and hmac.compare_digest(session.csrf, token)


def _look_up(request: Request) -> Session | None:
    given = request.cookies.get(COOKIE)
    if not given:
        return None
    row = (
        database_of(request)
        .execute(
            "SELECT s.csrf, u.* FROM sessions s LEFT JOIN users u ON u.id = s.user WHERE s.id = ? AND s.expires > ?",
            (_stored(given), time.time()),
        )
        .fetchone()
    )
    if row is None:
        return None
    user = None
    if row["id"] is not None:
        user = User(row["id"], row["tenant"], row["email"], row["name"], row["role"])
    return Session(given, row["csrf"], user)


def _stored(identifier: str) -> str:
    """What the table holds: somebody who reads it cannot take over a session."""
    return hashlib.sha256(identifier.encode()).hexdigest()
