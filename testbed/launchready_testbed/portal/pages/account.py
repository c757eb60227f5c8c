"""How does somebody sign in and out, and what do they see of themselves?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import sessions
from launchready_testbed.portal.access import checked_form, person, text
from launchready_testbed.portal.passwords import hash_password, verify_password
from launchready_testbed.portal.records import note
from launchready_testbed.portal.rendering import page, see
from launchready_testbed.portal.sessions import User, database_of

NOBODY = hash_password(
    "nobody has this", salt=b"nobody"
)  # so that unknown addresses take as long as known ones
START = "/dashboard"


async def login(request: Request) -> Response:
    """The log-in form, and what it sends. A session gets a new identifier when somebody signs in."""
    if request.method in ("GET", "HEAD"):
        return _login_form(request, request.query_params.get("next", ""))
    form = await checked_form(request)
    email, password = text(form, "email", longest=200).lower(), text(form, "password", longest=200)
    row = database_of(request).execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()
    right = verify_password(password, row["password"] if row else NOBODY)
    wanted = str(form.get("next", ""))
    if row is None or not right:
        note(request, email, "failed to sign in", "session")
        return _login_form(request, wanted, "Address or password is wrong.", 401)
    sessions.begin(request, User(row["id"], row["tenant"], row["email"], row["name"], row["role"]))
    note(request, email, "signed in", "session")
    return see(request, own_path(wanted))


async def logout(request: Request) -> Response:
    """Ends the session on the server and in the browser."""
    await checked_form(request)
    session = sessions.current(request)
    if session and session.user:
        note(request, session.user.email, "signed out", "session")
    sessions.end(request)
    return see(request, "/")


async def forgot(request: Request) -> Response:
    """Asks for a new password. The answer is the same whether the account exists or not."""
    if request.method == "POST":
        form = await checked_form(request)
        note(request, text(form, "email", longest=200), "asked for a new password", "account")
        return see(request, "/forgot/sent")
    return page(
        request,
        "form.html",
        form=True,
        title="Forgot your password?",
        action="/forgot",
        button="Send me a letter",
        upload=False,
        problem="",
        hidden=(),
        fields=(("email", "Your address", "email"),),
        links=(("/login", "Back to the log-in page"),),
    )


async def forgot_sent(request: Request) -> Response:
    """What is seen after a new password was asked for."""
    paragraphs = ("If we know the address, a letter is on its way.",)
    return page(request, "prose.html", title="Look into your mail", paragraphs=paragraphs, links=())


async def dashboard(request: Request) -> Response:
    """The first page after signing in."""
    person(request)
    return page(request, "dashboard.html")


async def profile(request: Request) -> Response:
    """What we know about the person."""
    user = person(request)
    paragraphs = (user.name, user.email, f"Role: {user.role}")
    return page(request, "prose.html", title="Profile", paragraphs=paragraphs, links=())


def own_path(wanted: str) -> str:
    """`wanted` if it is a path of this portal, else the start page: nobody is sent elsewhere after signing in."""
    plain = (
        wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    )
    return wanted if plain else START


def _login_form(request: Request, wanted: str, problem: str = "", status: int = 200) -> Response:
    return page(
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
        links=(("/forgot", "Forgot your password?"),),
    )


ROUTES = (
    Route("/login", login, methods=["GET", "POST"]),
    Route("/logout", logout, methods=["POST"]),
    Route("/forgot", forgot, methods=["GET", "POST"]),
    Route("/forgot/sent", forgot_sent),
    Route("/dashboard", dashboard),
    Route("/profile", profile),
)
