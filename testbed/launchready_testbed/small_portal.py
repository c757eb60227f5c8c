"""What do the small portals of the login shapes have in common? Sessions, three pages behind the login, and a start page."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from launchready_testbed.guests import Guest, same
from launchready_testbed.portal.totp import code, step_at
from launchready_testbed.world import PORTAL, World

Endpoint = Callable[[Request], Awaitable[Response]]
QUIET = {"cache-control": "no-store"}


@dataclass
class Visit:
    """One browser."""

    id: str
    csrf: str
    member: bool = False
    notes: dict[str, str] = field(default_factory=dict)
    """What the server remembers from one step to the next."""


@dataclass(frozen=True)
class Words:
    """What the pages say."""

    title: str = "Crate & Co"
    start: str = "We keep your crates dry."
    sign_in: str = "Sign in"
    sign_out: str = "Sign out"
    desk: str = "Your desk"
    crates: str = "Crates"
    crate: str = "Crate 7741, bay 12"
    account: str = "Account"
    problem: str = "User name or password is wrong."
    language: str = "en"
    direction: str = "ltr"


class SmallPortal:
    """A portal with one member. `open` puts it in the place of harbour."""

    def __init__(
        self,
        world: World,
        member: Guest,
        *,
        words: Words | None = None,
        login: str = "/sign-in",
        cookie: str = "__Host-desk",
    ) -> None:
        self.world = world
        self.guest = member
        self.words = words or Words()
        self.login = login
        self.cookie = cookie
        self._visits: dict[str, Visit] = {}
        self._used = -1

    def open(self, *routes: BaseRoute, start: Endpoint | None = None, refuse: Endpoint | None = None) -> None:
        """Serves the pages that all have and `routes` in the place of harbour.

        `start` answers at "/" instead of the usual page; `refuse` answers strangers on the pages behind the login,
        who are otherwise led to it.
        """
        self._refuse = refuse or self._lead
        app = Starlette(
            routes=[
                *routes,
                Route("/", start or self._start),
                Route("/about", self._about),
                Route("/desk", self.behind(self._desk)),
                Route("/crates", self.behind(self._crates)),
                Route("/account", self.behind(self._account)),
                Route("/sign-out", self._sign_out, methods=["POST"]),
            ],
            exception_handlers={HTTPException: self._refused},
        )
        app.router.redirect_slashes = False
        self.world.host(PORTAL, secure=app)

    # Visits

    def visit(self, request: Request) -> Visit:
        """The visit that this request belongs to, or a new one."""
        if not hasattr(request.state, "visit"):
            known = self._visits.get(request.cookies.get(self.cookie, ""))
            request.state.visit = known or self._new()
        found: Visit = request.state.visit
        return found

    def enter(self, request: Request) -> Visit:
        """The visitor is signed in from now on, under a new identifier."""
        self._visits.pop(self.visit(request).id, None)
        request.state.visit = self._new(member=True)
        found: Visit = request.state.visit
        return found

    def member(self, request: Request) -> bool:
        """Whether the visitor is signed in."""
        return self.visit(request).member

    def code_is_right(self, digits: str) -> bool:
        """Whether these are the digits of a one-time code that is good now and was not used before."""
        present = step_at()
        for step in (present, present - 1, present + 1):
            if step > self._used and same(code(self.guest.totp, step), digits.replace(" ", "")):
                self._used = step
                return True
        return False

    def _new(self, *, member: bool = False) -> Visit:
        made = Visit(secrets.token_urlsafe(24), secrets.token_urlsafe(24), member)
        self._visits[made.id] = made
        return made

    # Answers

    def page(
        self, request: Request, title: str, body: str, *, head: str = "", status: int = 200, menu: bool = True
    ) -> Response:
        """A page; `{csrf}` and `{nonce}` in `body` and `head` are filled in."""
        visit = self.visit(request)
        words = self.words
        nonce: str = request.scope["nonce"]
        filled = (head + "\0" + body).replace("{csrf}", visit.csrf).replace("{nonce}", nonce)
        head, _, body = filled.partition("\0")
        html = (
            f'<!doctype html><html lang="{words.language}" dir="{words.direction}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(title)} · {escape(words.title)}</title>'
            f"{head}</head><body>{self._menu(request) if menu else ''}<main><h1>{escape(title)}</h1>{body}</main></body></html>"
        )
        return self.dressed(request, HTMLResponse(html, status, headers=QUIET))

    def dressed(self, request: Request, response: Response) -> Response:
        """`response` with the visit's cookie where the browser does not have it."""
        visit = self.visit(request)
        if request.cookies.get(self.cookie) != visit.id:
            response.set_cookie(self.cookie, visit.id, path="/", secure=True, httponly=True, samesite="lax")
        return response

    def go(self, request: Request, path: str) -> Response:
        """Sends the browser on to `path`."""
        return self.dressed(request, RedirectResponse(path, 303, headers=QUIET))

    def json(self, request: Request, content: object, status: int = 200) -> Response:
        """An answer in JSON."""
        return self.dressed(request, JSONResponse(content, status, headers=QUIET))

    def behind(self, endpoint: Endpoint) -> Endpoint:
        """`endpoint` for members; others are refused."""

        async def guarded(request: Request) -> Response:
            return await (endpoint if self.member(request) else self._refuse)(request)

        return guarded

    def form_login(
        self,
        html: str,
        *,
        user: str = "user",
        word: str = "password",
        title: str = "",
        status: int = 401,
        needs: Mapping[str, str] | None = None,
        sent_to: str = "",
        then: Endpoint | None = None,
    ) -> tuple[BaseRoute, ...]:
        """The routes of a page with the form `html`, and of where it is sent.

        `{problem}` in it becomes the words about a wrong password, which come with `status`. `user` and `word` are the names
        of the fields, `needs` further fields with the values that they must have. `then` answers when all is right.
        """

        def form(request: Request, problem: str = "", code_: int = 200) -> Response:
            said = f'<p role="alert">{escape(problem)}</p>' if problem else ""
            body = html.replace("{problem}", said)
            return self.page(request, title or self.words.sign_in, body, status=code_)

        async def show(request: Request) -> Response:
            return form(request)

        async def take(request: Request) -> Response:
            sent = await request.form()
            if "{csrf}" in html and not same(str(sent.get("csrf", "")), self.visit(request).csrf):
                raise HTTPException(403)
            also = all(str(sent.get(name, "")) == value for name, value in (needs or {}).items())
            if not (also and self.guest.is_right(str(sent.get(user, "")), str(sent.get(word, "")))):
                return form(request, self.words.problem, status)
            if then is not None:
                return await then(request)
            self.enter(request)
            return self.go(request, "/desk")

        target = sent_to or self.login
        return Route(self.login, show), Route(target, take, methods=["POST"])

    # Pages

    async def _start(self, request: Request) -> Response:
        return self.page(request, self.words.title, f"<p>{escape(self.words.start)}</p>")

    async def _about(self, request: Request) -> Response:
        return self.page(request, "1998", f"<p>{escape(self.words.title)}</p>")

    async def _desk(self, request: Request) -> Response:
        greeting = f"<p>{escape(self.guest.full_name)}</p><p>{escape(self.words.crate)}</p>"
        return self.page(request, self.words.desk, greeting)

    async def _crates(self, request: Request) -> Response:
        rows = "".join(f"<li>{escape(self.words.crate)}/{number}</li>" for number in range(1, 5))
        return self.page(request, self.words.crates, f"<ul>{rows}</ul>")

    async def _account(self, request: Request) -> Response:
        guest_ = self.guest
        return self.page(
            request, self.words.account, f"<p>{escape(guest_.full_name)}</p><p>{escape(guest_.username)}</p>"
        )

    async def _sign_out(self, request: Request) -> Response:
        sent = await request.form()
        if not same(str(sent.get("csrf", "")), self.visit(request).csrf):
            raise HTTPException(403)
        self._visits.pop(self.visit(request).id, None)
        request.state.visit = self._new()
        return self.go(request, "/")

    async def _lead(self, request: Request) -> Response:
        return self.go(request, self.login)

    async def _refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self.page(request, str(error.status_code), "<p>—</p>", status=error.status_code)

    def _menu(self, request: Request) -> str:
        words, visit = self.words, self.visit(request)
        if not self.member(request):
            return f'<nav><a href="/">{escape(words.title)}</a> <a href="/about">1998</a> <a href="{self.login}">{escape(words.sign_in)}</a></nav>'
        links = (("/desk", words.desk), ("/crates", words.crates), ("/account", words.account))
        named = " ".join(f'<a href="{path}">{escape(text)}</a>' for path, text in links)
        return (
            f'<nav>{named} <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{visit.csrf}">'
            f"<button>{escape(words.sign_out)}</button></form></nav>"
        )
