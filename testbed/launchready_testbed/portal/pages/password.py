"""How does somebody get a new password, forgotten or not?"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import letters, sessions
from launchready_testbed.portal.access import checked_form, person, text
from launchready_testbed.portal.guarding import ERRAND, UNKNOWN, address_of_client, admit
from launchready_testbed.portal.limits import Attempt
from launchready_testbed.portal.pages.account import welcome
from launchready_testbed.portal.passwords import hash_password, hash_token, is_right
from launchready_testbed.portal.records import note
from launchready_testbed.portal.rendering import form_page, page, see
from launchready_testbed.portal.sessions import database_of, policy_of, user_of

SHORTEST = 10  # characters
MOVED = "choose"
SENT = "If we know the address, a letter is on its way."
CHANGED = "Your password was just changed. If that was not you, write to us at once."
FIELDS = (("password", "New password", "new-password"), ("again", "The same again", "new-password"))


async def forgot(request: Request) -> Response:
    """Asks for a link. The answer, and when it comes, are the same whether the account exists or not."""
    if request.method in ("GET", "HEAD"):
        return _forgot_form(request)
    policy = policy_of(request)
    email = text(await checked_form(request), "email", longest=200).lower()
    note(request, email, "asked for a new password", "account")
    row = database_of(request).execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()
    if policy.reset_token_in_answer and row:
        link = _new_link(request, row)
        return page(
            request,
            "prose.html",
            title="Look into your mail",
            paragraphs=(SENT,),
            links=((link, "Or go on here"),),
        )
    tell = policy.reset_tells_accounts
    if row is None and tell in ("text", "status"):
        return _forgot_form(request, UNKNOWN, 404 if tell == "status" else 200)
    if row and tell == "time":
        await asyncio.sleep(ERRAND)
    response = see(request, "/forgot/sent", SENT if row and tell == "size" else "")
    # The letter is written after the answer has gone out, so that nobody can tell from the time it takes.
    response.background = BackgroundTask(_send_link, request, row) if row else None
    return response


async def forgot_sent(request: Request) -> Response:
    """What is seen after a new password was asked for."""
    return page(request, "prose.html", title="Look into your mail", paragraphs=(SENT,), links=())


async def reset(request: Request) -> Response:
    """What the link in the letter leads to: the form for a new password, and what it sends."""
    policy = policy_of(request)
    token: str = request.path_params["token"]
    if policy.reset_moves_token and token != MOVED:
        moved = see(request, f"/reset/{MOVED}")
        moved.set_cookie("__Secure-reset", token, path="/reset", secure=True, httponly=True, samesite="lax")
        return moved
    here = token
    if policy.reset_moves_token:
        token = request.cookies.get("__Secure-reset", "")
    row = _owner(request, token)
    if row is None:
        response = page(
            request,
            "prose.html",
            410,
            title="New password",
            paragraphs=("This link is no longer valid.",),
            links=(("/forgot", "Ask for another"),),
        )
    elif request.method in ("GET", "HEAD"):
        response = _reset_form(request, here)
    else:
        form = await checked_form(request)
        password = text(form, "password", longest=200)
        problem = unfit(password, form.get("again"))
        if policy.reset_wants_another_password and await is_right(password, row["password"]):
            problem = "Take one that you have not had before."
        response = (
            _reset_form(request, here, problem, 400) if problem else _renew(request, row, token, password)
        )
    if policy.reset_referrer_policy:
        response.headers["referrer-policy"] = "no-referrer"
    response.headers["cache-control"] = "no-store"
    return response


async def change(request: Request) -> Response:
    """A new password for somebody who is signed in and knows the old one."""
    user, policy = person(request), policy_of(request)
    if request.method in ("GET", "HEAD"):
        return _change_form(request)
    form = await checked_form(request)
    password = text(form, "password", longest=200)
    database = database_of(request)
    if policy.old_password_asked:
        attempt = Attempt(user.email, address_of_client(request), request)
        refusal = await admit(policy.login_limits, attempt)
        if refusal:
            return refusal.response or _change_form(request, refusal.words, refusal.status)
        stored = database.execute("SELECT password FROM users WHERE id = ?", (user.id,)).fetchone()[0]
        right = await is_right(text(form, "old", longest=200), stored)
        for limiter in policy.login_limits:
            limiter.after(attempt, right=right)
        if not right:
            return _change_form(request, "The old password is wrong.", 401)
    problem = unfit(password, form.get("again"))
    if problem:
        return _change_form(request, problem, 400)
    _keep(request, user.id, password)
    if not policy.sessions_survive_password_change:
        sessions.end_all(request, user.id, but=sessions.current(request))
    sessions.begin(request, user, rotate=policy.rotate_at_password_change)
    note(request, user.email, "changed the password", "account")
    letters.send(request, user.email, "Your password was changed", (CHANGED,))
    return see(request, "/profile")


def _owner(request: Request, token: str) -> sqlite3.Row | None:
    """The account that a link's token is for, while it is valid."""
    since = time.time() - policy_of(request).reset_lifetime
    row: sqlite3.Row | None = (
        database_of(request)
        .execute(
            "SELECT u.* FROM resets r JOIN users u ON u.id = r.user WHERE r.token = ? AND r.at > ?",
            (hash_token(token), since),
        )
        .fetchone()
    )
    return row


def _new_link(request: Request, row: sqlite3.Row) -> str:
    """A link that lets its bearer set the account's password."""
    policy, database = policy_of(request), database_of(request)
    token = policy.reset_token(row["id"]) if policy.reset_token else secrets.token_urlsafe(32)
    if policy.reset_newest_only:
        database.execute("DELETE FROM resets WHERE user = ?", (row["id"],))
    database.execute(
        "INSERT OR REPLACE INTO resets VALUES (?, ?, ?)", (hash_token(token), row["id"], time.time())
    )
    return letters.address_of(request, f"/reset/{token}")


async def _send_link(request: Request, row: sqlite3.Row) -> None:
    count: int = (
        database_of(request)
        .execute("SELECT count(*) FROM mails WHERE user = ? AND at > ?", (row["id"], time.time() - 3600))
        .fetchone()[0]
    )
    if count >= policy_of(request).reset_mails_per_hour:
        return
    database_of(request).execute("INSERT INTO mails VALUES (?, ?)", (row["id"], time.time()))
    lifetime = policy_of(request).reset_lifetime
    length = "half an hour" if lifetime == 1800 else f"{lifetime / 60:.0f} minutes"
    words = (
        f"Hello {row['name']},",
        f"somebody, hopefully you, asked for a new password. This link lets you choose one within {length}.",
        "If it was not you, there is nothing to do.",
    )
    letters.send(
        request, row["email"], "Choose a new password", words, _new_link(request, row), kind="password-reset"
    )


def _renew(request: Request, row: sqlite3.Row, token: str, password: str) -> Response:
    """Sets the password; afterwards the link, other links and all sessions of the account are void."""
    policy, database, user = policy_of(request), database_of(request), user_of(row)
    _keep(request, user.id, password)
    if policy.reset_single_use:
        database.execute("DELETE FROM resets WHERE user = ?", (user.id,))
    if policy.reset_ends_sessions:
        sessions.end_all(request, user.id)
    note(request, user.email, "chose a new password", "account")
    letters.send(request, user.email, "Your password was changed", (CHANGED,))
    if policy.recovery_skips_second_factor:
        return welcome(request, user, "", has_factor=False)
    if policy.reset_signs_in:
        return welcome(request, user, "", has_factor=row["totp"] is not None)
    return see(request, "/login")


def _keep(request: Request, user: int, password: str) -> None:
    database_of(request).execute(
        "UPDATE users SET password = ? WHERE id = ?", (hash_password(password), user)
    )


def unfit(password: str, again: object) -> str:
    """Why a new password cannot be taken; empty if it can."""
    if password != again:
        return "The two are not the same."
    return "" if len(password) >= SHORTEST else f"Take at least {SHORTEST} characters."


def _forgot_form(request: Request, problem: str = "", status: int = 200) -> Response:
    return form_page(
        request,
        problem,
        status,
        title="Forgot your password?",
        action="/forgot",
        button="Send me a letter",
        fields=(("email", "Your address", "email"),),
        links=(("/login", "Back to the log-in page"),),
    )


def _reset_form(request: Request, token: str, problem: str = "", status: int = 200) -> Response:
    return form_page(
        request,
        problem,
        status,
        title="New password",
        action=f"/reset/{token}",
        button="Keep it",
        fields=FIELDS,
    )


def _change_form(request: Request, problem: str = "", status: int = 200) -> Response:
    old = (("old", "Old password", "password"),) if policy_of(request).old_password_asked else ()
    return form_page(
        request,
        problem,
        status,
        title="Change your password",
        action="/profile/password",
        button="Change it",
        fields=(*old, *FIELDS),
        links=(("/profile", "Back"),),
    )


ROUTES = (
    Route("/forgot", forgot, methods=["GET", "POST"]),
    Route("/forgot/sent", forgot_sent),
    Route("/reset/{token}", reset, methods=["GET", "POST"]),
    Route("/profile/password", change, methods=["GET", "POST"]),
)
