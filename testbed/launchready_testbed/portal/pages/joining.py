"""How does somebody get an account? Administrators invite; strangers ask, and learn nothing from the answer."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import letters
from launchready_testbed.portal.access import checked_form, person, text
from launchready_testbed.portal.guarding import ERRAND
from launchready_testbed.portal.pages.account import welcome
from launchready_testbed.portal.pages.password import FIELDS, unfit
from launchready_testbed.portal.passwords import hash_password, hash_token
from launchready_testbed.portal.records import note, now
from launchready_testbed.portal.rendering import form_page, page, see
from launchready_testbed.portal.sessions import database_of, policy_of, user_of

ASKED = "If the address is new to us, a letter is on its way."
TAKEN = "This address has an account already."


async def invite(request: Request) -> Response:
    """Asks somebody to join; for admins."""
    user = person(request, "admin")
    if request.method in ("GET", "HEAD"):
        return _invite_form(request)
    form = await checked_form(request)
    name, email = text(form, "name", longest=100), text(form, "email", longest=200).lower()
    role, tenant = text(form, "role", longest=10), str(form.get("tenant") or "")
    if role not in ("staff", "client") or (role == "client") != tenant.isdigit() or "@" not in email:
        return _invite_form(
            request, "A client's person needs the number of the client, staff needs none.", 400
        )
    if _account(request, email):
        return _invite_form(request, TAKEN, 409)
    token = secrets.token_urlsafe(32)
    try:
        database_of(request).execute(
            "INSERT INTO invitations VALUES (?, ?, ?, ?, ?, ?)",
            (hash_token(token), email, name, role, int(tenant) if tenant else None, time.time()),
        )
    except sqlite3.IntegrityError as error:  # a client that does not exist
        raise HTTPException(400) from error
    words = (f"Hello {name},", f"{user.name} asks you to join the Harbour Client Portal. Follow this link:")
    link = letters.address_of(request, f"/invite/{token}")
    letters.send(request, email, "You are invited", words, link, kind="invite")
    note(request, user.email, "invited", email)
    return see(request, "/users")


async def accept(request: Request) -> Response:
    """What the link in an invitation leads to: the form for a first password, and what it sends."""
    policy, database = policy_of(request), database_of(request)
    token: str = request.path_params["token"]
    row: sqlite3.Row | None = database.execute(
        "SELECT * FROM invitations WHERE token = ? AND at > ?",
        (hash_token(token), time.time() - policy.invite_lifetime),
    ).fetchone()
    if row is None:
        raise HTTPException(410)
    if request.method in ("GET", "HEAD"):
        response = _accept_form(request, token)
    else:
        form = await checked_form(request)
        password = text(form, "password", longest=200)
        problem = unfit(password, form.get("again"))
        response = _accept_form(request, token, problem, 400) if problem else _join(request, row, password)
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["cache-control"] = "no-store"
    return response


def _join(request: Request, row: sqlite3.Row, password: str) -> Response:
    """Makes the account, and signs the person in for the first time."""
    policy, database = policy_of(request), database_of(request)
    if _account(request, row["email"]) is None:
        database.execute(
            "INSERT INTO users (tenant, email, name, role, password) VALUES (?, ?, ?, ?, ?)",
            (row["tenant"], row["email"], row["name"], row["role"], hash_password(password)),
        )
    elif policy.invite_single_use:
        raise HTTPException(410)
    else:
        database.execute(
            "UPDATE users SET password = ? WHERE email = ?", (hash_password(password), row["email"])
        )
    if policy.invite_single_use:
        database.execute("DELETE FROM invitations WHERE email = ?", (row["email"],))
    account = _account(request, row["email"])
    assert account is not None
    note(request, row["email"], "joined", "account")
    return welcome(request, user_of(account), "", has_factor=account["totp"] is not None)


async def sign_up(request: Request) -> Response:
    """Asks for an account. The answer, and when it comes, are the same whether the address is known or not."""
    if request.method in ("GET", "HEAD"):
        return _sign_up_form(request)
    form = await checked_form(request)
    name, email = text(form, "name", longest=100), text(form, "email", longest=200).lower()
    known = _account(request, email) is not None
    tell = policy_of(request).signup_tells_accounts
    if known and tell in ("text", "status"):
        return _sign_up_form(request, TAKEN, 409 if tell == "status" else 200)
    if known and tell == "time":
        await asyncio.sleep(ERRAND)
    response = see(request, "/signup/sent", ASKED if known and tell == "size" else "")
    response.background = BackgroundTask(_answer, request, name, email, known=known)
    return response


async def sign_up_sent(request: Request) -> Response:
    """What is seen after an account was asked for."""
    return page(request, "prose.html", title="Look into your mail", paragraphs=(ASKED,), links=())


async def confirm(request: Request) -> Response:
    """What the link in that letter leads to: one button, which puts the wish before our people."""
    database = database_of(request)
    token: str = request.path_params["token"]
    row = database.execute("SELECT * FROM applicants WHERE token = ?", (hash_token(token),)).fetchone()
    if row is None:
        raise HTTPException(410)
    if request.method == "POST":
        await checked_form(request)
        database.execute("DELETE FROM applicants WHERE email = ?", (row["email"],))
        database.execute(
            "INSERT INTO messages (email, body, written) VALUES (?, ?, ?)",
            (row["email"], f"{row['name']} asks for an account.", now()),
        )
        return see(request, "/contact/thanks")
    response = form_page(
        request,
        title="Confirm your address",
        action=f"/signup/confirm/{token}",
        button="Confirm",
    )
    response.headers["referrer-policy"] = "no-referrer"
    return response


async def _answer(request: Request, name: str, email: str, *, known: bool) -> None:
    """The letter to somebody who asked for an account; one with an account is told so there, and only there."""
    if known:
        words = "Somebody, hopefully you, asked for an account. You have one already: log in as always."
        letters.send(request, email, "You have an account", (words,), letters.address_of(request, "/login"))
        return
    token = secrets.token_urlsafe(32)
    database_of(request).execute(
        "INSERT INTO applicants VALUES (?, ?, ?, ?)", (hash_token(token), email, name, time.time())
    )
    told = (f"Hello {name},", "please confirm that this is your address. We then look at your wish.")
    link = letters.address_of(request, f"/signup/confirm/{token}")
    letters.send(request, email, "Confirm your address", told, link)


def _account(request: Request, email: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = (
        database_of(request).execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()
    )
    return row


def _invite_form(request: Request, problem: str = "", status: int = 200) -> Response:
    return form_page(
        request,
        problem,
        status,
        title="Invite somebody",
        action="/users/invite",
        button="Send the invitation",
        fields=(
            ("name", "Name", "text"),
            ("email", "Address", "email"),
            ("role", "Role: staff or client", "text"),
            ("tenant", "Number of the client", "optional"),
        ),
        links=(("/users", "Back"),),
    )


def _accept_form(request: Request, token: str, problem: str = "", status: int = 200) -> Response:
    return form_page(
        request,
        problem,
        status,
        title="Choose a password",
        action=f"/invite/{token}",
        button="Join",
        fields=FIELDS,
    )


def _sign_up_form(request: Request, problem: str = "", status: int = 200) -> Response:
    return form_page(
        request,
        problem,
        status,
        title="Ask for an account",
        action="/signup",
        button="Ask",
        fields=(("name", "Your name", "text"), ("email", "Your address", "email")),
        links=(("/login", "Back to the log-in page"),),
    )


ROUTES = (
    Route("/users/invite", invite, methods=["GET", "POST"]),
    Route("/invite/{token}", accept, methods=["GET", "POST"]),
    Route("/signup", sign_up, methods=["GET", "POST"]),
    Route("/signup/sent", sign_up_sent),
    Route("/signup/confirm/{token}", confirm, methods=["GET", "POST"]),
)
