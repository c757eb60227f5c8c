"""How does somebody sign in and out, and what do they see of themselves?"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import sessions
from launchready_testbed.portal.access import checked_form, person, text
from launchready_testbed.portal.guarding import address_of_client, admit, tell_apart
from launchready_testbed.portal.limits import Attempt
from launchready_testbed.portal.passwords import hash_password, is_right
from launchready_testbed.portal.records import banner, change, everything, note
from launchready_testbed.portal.rendering import page, see
from launchready_testbed.portal.sessions import SECOND_STEP, User, database_of, policy_of, user_of

NOBODY = hash_password(
    "nobody has this", salt=b"nobody"
)  # so that unknown addresses take as long as known ones
START = "/dashboard"
WRONG = "Address or password is wrong."


async def login(request: Request) -> Response:
    """The log-in form, and what it sends. A session gets a new identifier when somebody signs in."""
    policy = policy_of(request)
    if request.method in ("GET", "HEAD"):
        wanted = request.query_params.get("next", "")
        session = sessions.current(request)
        if session and session.user and policy.login_redirects_signed_in:
            return see(request, own_path(request, wanted))
        return login_form(request, wanted)
    form = await checked_form(request)
    email, password = text(form, "email", longest=200).lower(), text(form, "password", longest=200)
    wanted = str(form.get("next", ""))
    attempt = Attempt(email, address_of_client(request), request)
    refusal = await admit(policy.login_limits, attempt)
    if refusal:
        return refusal.response or login_form(
            request, wanted, refusal.words, refusal.status, retry_after=refusal.retry_after
        )
    row = database_of(request).execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()
    right = await is_right(password, row["password"] if row else NOBODY)
    right = right and row is not None
    for limiter in policy.login_limits:
        limiter.after(attempt, right=right)
    if not right:
        note(request, email, "failed to sign in", "session")
        words, status = await tell_apart(
            policy.login_tells_accounts, known=row is not None, same=WRONG, status=401
        )
        return login_form(request, wanted, words, status)
    return welcome(request, user_of(row), wanted, has_factor=row["totp"] is not None)


def welcome(request: Request, user: User, wanted: str, *, has_factor: bool) -> Response:
    """Begins the session of somebody who gave the password, and sends them on: to the second factor, or in."""
    policy = policy_of(request)
    halfway = has_factor and policy.totp_enforced and policy.totp_enrolled
    sessions.begin(request, user, halfway=halfway, rotate=policy.rotate_at_login)
    if halfway:
        note(request, user.email, "gave the password", "session")
        return see(request, f"{SECOND_STEP}?{urlencode({'next': wanted})}" if wanted else SECOND_STEP)
    note(request, user.email, "signed in", "session")
    return see(request, own_path(request, wanted))


async def logout(request: Request) -> Response:
    """Ends the session on the server and in the browser."""
    policy = policy_of(request)
    if request.method == "POST":
        await checked_form(request)
    elif not policy.logout_by_get:
        raise HTTPException(405, headers={"allow": "POST"})
    session = sessions.current(request)
    if session and session.user:
        note(request, session.user.email, "signed out", "session")
    if policy.logout_ends_session:
        sessions.end(request)
    else:
        sessions.leave(request)
    wanted = request.query_params.get("next", "") if policy.logout_follows_next else ""
    return see(request, wanted or "/")


async def logout_everywhere(request: Request) -> Response:
    """Ends every session of the person, on every device."""
    user = person(request)
    await checked_form(request)
    if policy_of(request).logout_everywhere_works:
        sessions.end_all(request, user.id)
    sessions.end(request)
    note(request, user.email, "signed out everywhere", "session")
    return see(request, "/")


async def dashboard(request: Request) -> Response:
    """The first page after signing in."""
    user = person(request)
    newest = [str(row["id"]) for row in everything(request, "tickets", user)[:-4:-1]]
    return page(request, "dashboard.html", banner=banner(request), recent=",".join(newest))


async def profile(request: Request) -> Response:
    """What we know about the person, and the form to change some of it."""
    user = person(request)
    row = database_of(request).execute("SELECT * FROM users WHERE id = ?", (user.id,)).fetchone()
    if request.method == "POST":
        change(request, user, "users", row, await checked_form(request), "name", "phone")
        return see(request, "/profile")
    enrolled = row["totp"] is not None and policy_of(request).totp_enrolled
    facts = (user.name, user.email, f"Role: {user.role}", f"Second factor: {'on' if enrolled else 'off'}")
    return page(request, "profile.html", facts=facts, person=row)


def own_path(request: Request, wanted: str) -> str:
    """`wanted` if one may be sent there after signing in, else the start page."""
    return wanted if wanted and policy_of(request).next_allowed(wanted) else START


def login_form(
    request: Request, wanted: str, problem: str = "", status: int = 200, *, retry_after: int | None = None
) -> Response:
    """The log-in page; `problem` says why one is here again."""
    links = [("/forgot", "Forgot your password?"), ("/signup", "Ask for an account")]
    if policy_of(request).oidc_offered:
        links.insert(0, ("/oidc/start", "Sign in with Quay ID"))
    response = page(
        request,
        "form.html",
        status,
        form=True,
        title="Log in",
        action="/login",
        button="Log in",
        upload=False,
        problem=problem,
        hidden=(("next", wanted),),
        fields=(("email", "Your address", "email"), ("password", "Your password", "password")),
        links=links,
    )
    if retry_after is not None:
        response.headers["retry-after"] = str(retry_after)
    return response


ROUTES = (
    Route("/login", login, methods=["GET", "POST"]),
    Route("/logout", logout, methods=["GET", "POST"]),
    Route("/logout/everywhere", logout_everywhere, methods=["POST"]),
    Route("/dashboard", dashboard),
    Route("/profile", profile, methods=["GET", "POST"]),
)
