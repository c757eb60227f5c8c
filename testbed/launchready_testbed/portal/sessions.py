"""Who is asking? Sessions live on the server; the browser holds only a random identifier."""

from __future__ import annotations

import hmac
import secrets
import sqlite3
import time
from dataclasses import dataclass
from typing import Literal, cast

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.portal import readable
from launchready_testbed.portal.passwords import hash_token
from launchready_testbed.portal.policy import Cookie, Policy
from launchready_testbed.world import World

COOKIE = Cookie().name
"""Name of the session's cookie in the sound world."""
KEPT = 24 * 3600  # seconds for which the table remembers a session, ended or not
SECOND_STEP = "/login/code"

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
    """One browser; `user` is None until somebody has signed in for good."""

    id: str
    csrf: str
    user: User | None
    halfway: User | None = None
    """Who has given the password, and owes the second factor."""


class LoginRequiredError(Exception):
    """Nobody has signed in, and the page needs somebody."""


def policy_of(request: Request) -> Policy:
    """What the world lays down about signing in, at this moment."""
    world: World = request.scope["world"]
    return world.auth


def database_of(request: Request) -> sqlite3.Connection:
    """The portal's database."""
    return cast(sqlite3.Connection, request.app.state.database)


def user_of(row: sqlite3.Row) -> User:
    """The person in a row of the table of users."""
    return User(row["id"], row["tenant"], row["email"], row["name"], row["role"])


def current(request: Request) -> Session | None:
    """The session of this request, looked up once."""
    if not hasattr(request.state, "session"):
        request.state.session = _look_up(request)
    return cast("Session | None", request.state.session)


def begin(
    request: Request, user: User | None = None, *, halfway: bool = False, rotate: bool = True
) -> Session:
    """A new session in place of the present one, for `user` if there is one.

    `halfway` says that the second factor is still due. `rotate` false keeps the present identifier, which is unsound.
    """
    present = current(request)
    now = time.time()
    database = database_of(request)
    if present and not rotate:
        session = _session(present.id, present.csrf, user, halfway=halfway)
        database.execute(
            "UPDATE sessions SET user = ?, halfway = ?, began = ?, seen = ? WHERE id = ?",
            (user.id if user else None, halfway, now, now, hash_token(present.id)),
        )
    else:
        end(request)
        session = _session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), user, halfway=halfway)
        kind = policy_of(request).session_names_user
        if kind and user and not halfway:
            session = readable.issue(user.id, kind, session)
        _insert(database, session, user, now, halfway=halfway)
    request.state.session = session
    return session


def end(request: Request) -> None:
    """Ends the present session on the server, if there is one."""
    session = current(request)
    if session:
        # The token against forged requests is the same for all identifiers that one session has had.
        database_of(request).execute(
            "DELETE FROM sessions WHERE id = ? OR csrf = ?", (hash_token(session.id), session.csrf)
        )
    request.state.session = None


def leave(request: Request) -> None:
    """Forgets the present session in the browser only, which is unsound."""
    request.state.session = None


def end_all(request: Request, user: int, *, but: Session | None = None) -> None:
    """Ends every session of the person with the number `user`, on every device, except `but`."""
    kept = hash_token(but.id) if but else ""
    database_of(request).execute("DELETE FROM sessions WHERE user = ? AND id <> ?", (user, kept))


def ensure(request: Request) -> Session:
    """The present session, or a new anonymous one: forms need a token against forged requests."""
    return current(request) or begin(request)


def write_cookie(request: Request, response: Response) -> None:
    """Tells the browser its session's identifier when that has changed."""
    policy = policy_of(request)
    cookie = policy.cookie
    session = current(request)
    given = request.cookies.get(cookie.name)
    if session and session.user and policy.use.renews(hash_token(session.id), request.url.path, time.time()):
        session = _renewed(request, session, session.user)
    if session and (session.id != given or policy.use.cookie_again):
        response.set_cookie(
            cookie.name,
            session.id,
            max_age=cookie.max_age,
            path=cookie.path,
            domain=cookie.domain,
            secure=cookie.secure,
            httponly=cookie.httponly,
            samesite=cookie.samesite,
        )
    elif given and not session and policy.logout_clears_cookie:
        response.delete_cookie(
            cookie.name,
            path=cookie.path,
            domain=cookie.domain,
            secure=cookie.secure,
            httponly=cookie.httponly,
            samesite=cookie.samesite,
        )


def token_is_right(request: Request, token: object) -> bool:
    """Whether `token` is the present session's token against forged requests."""
    if not policy_of(request).forms_checked:
        return True
    session = current(request)
    return session is not None and isinstance(token, str) and hmac.compare_digest(session.csrf, token)


def _look_up(request: Request) -> Session | None:
    policy = policy_of(request)
    given = request.cookies.get(policy.cookie.name)
    if not given:
        return None
    database, now = database_of(request), time.time()
    if policy.session_names_user and (number := readable.number_in(given, policy.session_names_user)):
        return _named(database, given, number, stateless=policy.session_names_user == "stateless")
    row = database.execute(
        "SELECT s.csrf, s.halfway, s.began, s.seen, u.* FROM sessions s LEFT JOIN users u ON u.id = s.user WHERE s.id = ?",
        (hash_token(given),),
    ).fetchone()
    if row is None:
        return _adopt(request, given, now) if policy.adopts_unknown_ids else None
    ended = row["seen"] + policy.session_idle < now or row["began"] + policy.session_lifetime < now
    if ended and not policy.expired_sessions_accepted:
        return None
    if policy.use.is_over(hash_token(given), now):
        return None
    if row["id"] is not None and policy.use.ends(hash_token(given), request.scope["path"], now):
        database.execute("DELETE FROM sessions WHERE csrf = ?", (row["csrf"],))
        return None
    if row["seen"] < now - min(
        10, policy.session_idle / 10
    ):  # not at each request: a write costs more than a look
        database.execute("UPDATE sessions SET seen = ? WHERE id = ?", (now, hash_token(given)))
    user = None if row["id"] is None else user_of(row)
    path: str = request.scope["path"]
    past_second_step = path.startswith(policy.halfway_reaches) and not path.startswith(SECOND_STEP)
    return _session(given, row["csrf"], user, halfway=bool(row["halfway"]) and not past_second_step)


def _renewed(request: Request, session: Session, user: User) -> Session:
    """The same session under a new identifier."""
    renewed = _session(secrets.token_urlsafe(32), session.csrf, user, halfway=False)
    _insert(database_of(request), renewed, user, time.time(), halfway=False)
    request.state.session = renewed
    return renewed


def _named(database: sqlite3.Connection, given: str, number: int, *, stateless: bool) -> Session | None:
    """The session of whomever the cookie names, as long as that person has signed in at all, which is unsound."""
    row = database.execute("SELECT * FROM users WHERE id = ?", (number,)).fetchone()
    known = database.execute("SELECT 1 FROM sessions WHERE user = ?", (number,)).fetchone()
    if row is None or not (known or stateless):
        return None
    return Session(given, hash_token(given), user_of(row))


def _session(identifier: str, csrf: str, user: User | None, *, halfway: bool) -> Session:
    return Session(identifier, csrf, None if halfway else user, user if halfway else None)


def _insert(
    database: sqlite3.Connection, session: Session, user: User | None, now: float, *, halfway: bool
) -> None:
    database.execute("DELETE FROM sessions WHERE began < ?", (now - KEPT,))
    database.execute(
        "INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?, ?)",
        (hash_token(session.id), user.id if user else None, session.csrf, halfway, now, now),
    )


def _adopt(request: Request, identifier: str, now: float) -> Session:
    """A session under an identifier that somebody else made up."""
    session = Session(identifier, secrets.token_urlsafe(32), None)
    _insert(database_of(request), session, None, now, halfway=False)
    return session
