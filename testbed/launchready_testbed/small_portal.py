"""What do the small portals of the login shapes have in common? Sessions, three pages behind the login, and a start page."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from html import escape
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from launchready_testbed.people import Person
from launchready_testbed.portal.totp import code, new_secret, step_at
from launchready_testbed.world import IMAP, PORTAL, World

Endpoint = Callable[[Request], Awaitable[Response]]
QUIET = {"cache-control": "no-store"}


@dataclass(frozen=True)
class Guest:
    """The one person whom the portal lets in."""

    name: str
    """What the portal file calls them."""
    full_name: str
    username: str
    password: str
    totp: str = ""
    """Secret of the one-time codes, in base 32; empty when none are asked for."""

    def is_right(self, username: str, password: str) -> bool:
        """Whether these are the person's."""
        return same(username.strip().lower(), self.username.lower()) and same(password, self.password)


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


def guest(
    world: World,
    name: str,
    full_name: str,
    username: str = "",
    *,
    totp: bool = False,
    declares: str | None = None,
    mailbox: bool = False,
    **fields: Any,
) -> Guest:
    """A person for whom the portal file has an [[identity]], in place of everybody who was there.

    `username` is a mail address by default. `declares` is what the portal file has where that is not the right one;
    empty: nothing. `mailbox` says that the portal writes to them, and that the portal file says where their mail is read.
    `fields` are further fields of the [[identity]].
    """
    username = username or f"{name}@crates.lab.test"
    made = Guest(
        name,
        full_name,
        username,
        "~".join((name, "crates", str(len(full_name) * 41))),
        new_secret() if totp else "",
    )
    keep = world.lab.secrets
    keep.add(name, "username", username)
    if declares != "":
        keep.add(name, "password", made.password if declares is None else declares)
    told: dict[str, Any] = {"name": name, "role": "member", "test": True, "username": username, **fields}
    if declares != "":
        told["password"] = keep.reference(name, "password")
    if totp:
        keep.add(name, "totp", made.totp)
        told.setdefault("mfa", True)
        told.setdefault("totp", keep.reference(name, "totp"))
    world.identities[:] = [{key: value for key, value in told.items() if value is not None}]
    world.mailboxes.clear()
    world.login_steps.clear()
    if mailbox:
        keep.add(name, "mailbox", secrets.token_urlsafe(12))
        world.lab.post.open(username, keep.read(name, "mailbox"))
        reader = Person(name, username, "member")
        world.mailboxes.append(keep.mailbox(reader, IMAP, world.lab.imap))
        world.identities[0]["mailbox"] = name
    return made


def write_to(world: World, to: str, subject: str, text: str) -> None:
    """Sends a letter of plain text from the small portal."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = '"Crate & Co" <desk@crates.lab.test>'
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = formatdate(usegmt=True)
    letter["Message-ID"] = make_msgid(domain="crates.lab.test")
    letter.set_content(text, cte="quoted-printable")
    world.lab.post.deliver(letter)


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


def same(given: str, expected: str) -> bool:
    """Whether both are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(), expected.encode())
