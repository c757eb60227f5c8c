"""How does somebody sign in to quay, stay signed in, and sign out?"""

from __future__ import annotations

from http.cookies import SimpleCookie

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.quay.api import Call, Handler, about, answered, nothing, sent, text
from launchready_testbed.quay.sessions import COOKIE, SESSION_LIFETIME, Entry, TooManyError


async def login(call: Call) -> Response:
    """Address and password; gives tokens, or a ticket to those who owe a code."""
    value = await sent(call)
    email, password = text(value, "email", longest=200).lower(), text(value, "password", longest=200)
    key = _address(call) if call.policy.limiter_trusts_forwarded_for else email
    try:
        call.keeper.may_try(key, call.policy)
    except TooManyError as error:
        return _slowly(error)
    person = call.keeper.check_password(email, password)
    if person is None:
        call.keeper.failed(key)
        call.ledger.note(email, "failed to sign in", "session")
        if call.policy.accounts_told_apart and not call.keeper.is_known(email):
            return answered(
                {"error": "unknown_account", "message": "There is no account with this address."}, 404
            )
        return answered({"error": "invalid_credentials", "message": "Address or password is wrong."}, 401)
    if person.owes_code and not call.policy.mfa_optional:
        ticket = call.keeper.ticket(person)
        return answered({"status": "second_factor_required", "factors": ["totp"], "ticket": ticket})
    call.keeper.succeeded(key)
    call.ledger.note(email, "signed in", "session")
    return _entered(call.keeper.begin(person, call.policy))


async def second_factor(call: Call) -> Response:
    """The ticket and a one-time code."""
    value = await sent(call)
    ticket, code = text(value, "ticket", longest=200), text(value, "code", longest=20)
    holder = call.keeper.holder(ticket)
    key = f"code {holder.id if holder else ''}"
    if not call.policy.code_guesses_unlimited:
        try:
            call.keeper.may_try(key, call.policy)
        except TooManyError as error:
            return _slowly(error)
    person = call.keeper.check_code(ticket, code.replace(" ", ""), call.policy)
    if person is None:
        call.keeper.failed(key)
        return answered({"error": "invalid_code", "message": "The code is wrong or was used before."}, 401)
    call.keeper.succeeded(key)
    call.keeper.succeeded(person.email)
    call.ledger.note(person.email, "signed in", "session")
    return _entered(call.keeper.begin(person, call.policy))


async def refresh(call: Call) -> Response:
    """New tokens for the refresh token in the cookie, which is good once."""
    given = _refresh_token(call.request)
    entry = call.keeper.exchange(given, call.policy) if given else None
    if entry is None:
        answer = answered({"error": "session_over", "message": "Sign in again."}, 401)
        if given:
            _forget(answer)
        return answer
    return _entered(entry)


async def logout(call: Call) -> Response:
    """Ends the session of the access token and of the refresh token."""
    if call.caller and call.caller.session:
        call.keeper.end(call.caller.session)
        call.ledger.note(call.caller.person.email, "signed out", "session")
    given = _refresh_token(call.request)
    if given:
        call.keeper.end_by_refresh(given)
    answer = nothing()
    _forget(answer)
    return answer


def _entered(entry: Entry) -> Response:
    answer = answered(
        {
            "access_token": entry.access,
            "token_type": "Bearer",
            "expires_in": entry.lifetime,
            "user": about(entry.person),
        }
    )
    answer.set_cookie(
        COOKIE,
        entry.refresh,
        max_age=SESSION_LIFETIME,
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )
    return answer


def _forget(answer: Response) -> None:
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")


def _slowly(error: TooManyError) -> Response:
    words = {"error": "too_many_attempts", "message": "Too many attempts. Wait a moment."}
    answer = answered(words, 429)
    answer.headers["retry-after"] = str(max(1, round(error.wait)))
    return answer


def _refresh_token(request: Request) -> str:
    cookies = SimpleCookie(request.headers.get("cookie", ""))
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _address(call: Call) -> str:
    client = call.request.client
    here = client.host if client else ""
    return "from " + call.request.headers.get("x-forwarded-for", here)


SIGNING_IN: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/auth/login", login),
    ("POST", "/auth/second-factor", second_factor),
    ("POST", "/auth/refresh", refresh),
    ("POST", "/auth/logout", logout),
)
"""Method, path below the prefix and handler."""
