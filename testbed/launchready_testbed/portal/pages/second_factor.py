"""How does somebody show the second factor?"""

from __future__ import annotations

import re
import time
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import letters, sessions
from launchready_testbed.portal.access import checked_form, text
from launchready_testbed.portal.pages.account import own_path
from launchready_testbed.portal.passwords import hash_token
from launchready_testbed.portal.records import note
from launchready_testbed.portal.rendering import form_page, page, see
from launchready_testbed.portal.sessions import SECOND_STEP, LoginRequiredError, User, database_of, policy_of
from launchready_testbed.portal.totp import code as code_at
from launchready_testbed.portal.totp import step_at

RECOVERY = f"{SECOND_STEP}/recovery"
LATER = f"{SECOND_STEP}/later"
WRONG = "This code is wrong."
TOO_MANY = "Too many wrong codes. Log in again in a while."


async def second_step(request: Request) -> Response:
    """The page that asks for the code, and what it sends."""
    wanted, user = _wanted(request), _halfway(request)
    if user is None:
        return _elsewhere(request, wanted)
    if request.method in ("GET", "HEAD"):
        return _form(request, wanted)
    form = await checked_form(request)
    if policy_of(request).code_may_be_left_out and not form.get("code"):
        return _let_in(request, user, str(form.get("next", "")))
    given, wanted = text(form, "code", longest=20), str(form.get("next", ""))
    if _exhausted(request, user):
        return _turn_away(request)
    if not _code_is_right(request, user, given):
        return _refuse(request, user, wanted, counted=policy_of(request).code_attempts_limited)
    return _let_in(request, user, wanted)


async def later(request: Request) -> Response:
    """Lets somebody in who would rather give the code another time; nobody may, unless a fault allows it."""
    user = _halfway(request)
    if user is None or not policy_of(request).code_may_wait:
        raise LoginRequiredError
    return _let_in(request, user, "")


async def recovery(request: Request) -> Response:
    """The way for somebody without their authenticator: one of the codes kept for that day. No weaker than the other."""
    wanted, user = _wanted(request), _halfway(request)
    if user is None:
        return _elsewhere(request, wanted)
    if request.method in ("GET", "HEAD"):
        return _form(request, wanted, recovery=True)
    form = await checked_form(request)
    given, wanted = text(form, "code", longest=40), str(form.get("next", ""))
    policy = policy_of(request)
    if not policy.recovery_weak and _exhausted(request, user):
        return _turn_away(request)
    if not _recovery_code_is_right(request, user, given):
        counted = policy.code_attempts_limited and not policy.recovery_weak
        return _refuse(request, user, wanted, counted=counted, recovery=True)
    note(request, user.email, "used a recovery code", "session")
    words = ("A recovery code of your account was just used. If that was not you, write to us at once.",)
    letters.send(request, user.email, "A recovery code was used", words)
    return _let_in(request, user, wanted)


def _halfway(request: Request) -> User | None:
    """Who has given the password and owes the code."""
    session = sessions.current(request)
    return session.halfway if session else None


def _wanted(request: Request) -> str:
    return request.query_params.get("next", "")


def _elsewhere(request: Request, wanted: str) -> Response:
    """Nobody owes a code here: those who are in go on, others begin at the beginning."""
    session = sessions.current(request)
    if session and session.user:
        return see(request, own_path(request, wanted))
    raise LoginRequiredError


def _code_is_right(request: Request, user: User, given: str) -> bool:
    """Whether the code is one of now, and later than the last one that was taken; if so, it is taken."""
    policy = policy_of(request)
    given = given.replace(" ", "")
    if not re.fullmatch(r"[0-9]{6}", given):
        return False
    if not policy.code_checked:
        return True
    database = database_of(request)
    row = database.execute("SELECT totp, totp_step FROM users WHERE id = ?", (user.id,)).fetchone()
    now = step_at()
    steps = range(now - policy.code_drift, now + policy.code_drift + 1)
    for step in steps:
        if compare_digest(code_at(row["totp"], step), given) and (
            policy.code_reusable or step > row["totp_step"]
        ):
            database.execute("UPDATE users SET totp_step = ? WHERE id = ?", (step, user.id))
            return True
    return False


def _recovery_code_is_right(request: Request, user: User, given: str) -> bool:
    if policy_of(request).recovery_weak:
        return given == f"{user.id * 1111 % 10_000:04}"
    taken = database_of(request).execute(
        "DELETE FROM recovery_codes WHERE code = ? AND user = ?", (hash_token(given), user.id)
    )
    return taken.rowcount == 1


def _exhausted(request: Request, user: User) -> bool:
    """Whether the account has had its wrong codes for now; it no longer matters then whether one is right."""
    policy = policy_of(request)
    count: int = (
        database_of(request)
        .execute(
            "SELECT count(*) FROM wrong_codes WHERE user = ? AND at > ?",
            (user.id, time.time() - policy.code_window),
        )
        .fetchone()[0]
    )
    return policy.code_attempts_limited and count >= policy.code_attempts


def _refuse(request: Request, user: User, wanted: str, *, counted: bool, recovery: bool = False) -> Response:
    note(request, user.email, "gave a wrong code", "session")
    if counted:
        database_of(request).execute("INSERT INTO wrong_codes VALUES (?, ?)", (user.id, time.time()))
        if _exhausted(request, user):
            return _turn_away(request)
    return _form(request, wanted, WRONG, 401, recovery=recovery)


def _turn_away(request: Request) -> Response:
    """Ends the session that was halfway in."""
    sessions.end(request)
    return page(
        request,
        "prose.html",
        429,
        title="Log in",
        paragraphs=(TOO_MANY,),
        links=(("/login", "Back to the log-in page"),),
    )


def _let_in(request: Request, user: User, wanted: str) -> Response:
    database_of(request).execute("DELETE FROM wrong_codes WHERE user = ?", (user.id,))
    sessions.begin(request, user, rotate=policy_of(request).rotate_at_second_factor)
    note(request, user.email, "signed in", "session")
    return see(request, own_path(request, wanted))


def _form(
    request: Request, wanted: str, problem: str = "", status: int = 200, *, recovery: bool = False
) -> Response:
    words = "One of your recovery codes" if recovery else "The six digits that your authenticator shows"
    other = (SECOND_STEP, "Use the authenticator") if recovery else (RECOVERY, "Use a recovery code")
    wait = ((LATER, "Ask me another time"),) if policy_of(request).code_may_wait else ()
    return form_page(
        request,
        problem,
        status,
        title="Confirm that it is you",
        action=RECOVERY if recovery else SECOND_STEP,
        button="Confirm",
        hidden=(("next", wanted),),
        fields=(("code", words, "text" if recovery else "code"),),
        links=(other, *wait),
    )


ROUTES = (
    Route(SECOND_STEP, second_step, methods=["GET", "POST"]),
    Route(RECOVERY, recovery, methods=["GET", "POST"]),
    Route(LATER, later),
)
