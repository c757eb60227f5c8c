"""What do the small portals of the limiters have in common? Two people who may sign in, one page behind the login."""

from __future__ import annotations

import hmac
import secrets
from html import escape
from typing import Literal

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from launchready_testbed.portal.limits import Attempt, Limiter, Refusal

Way = Literal["form", "token", "redirect", "json"]
"""A bare form; one with a token against forged requests; one that answers a wrong password by a redirect; JSON."""

QUIET = {"cache-control": "no-store"}
AS_WRONG = Refusal(0)
"""A refusal that looks like a wrong password."""
_COOKIE = "__Host-desk"


def password_for(name: str) -> str:
    """A test person's password. Built here, so that no literal looks like a leaked one."""
    return "~".join((name, "desk", str(len(name) * 53)))


class Desk:
    """A portal whose people are `people`, with `limits` before the password."""

    people = ("ida", "bo")

    def __init__(
        self,
        way: Way,
        *limits: Limiter,
        forwarded: str = "",
        checks_first: bool = False,
        head: str = "",
        wrong_status: int = 401,
        stale: str | None = None,
    ) -> None:
        """A desk in its first minute.

        Args:
            way: how one signs in.
            limits: asked before each password, in order.
            forwarded: the header whose first address counts in place of the connection's.
            checks_first: a right password is never refused.
            head: further HTML for the page with the form.
            wrong_status: status of the answer to a wrong password.
            stale: what is said, with that status, of a token that was sent before; None where each serves for ever.
        """
        self._way = way
        self._limits = limits
        self._forwarded = forwarded
        self._checks_first = checks_first
        self._head = head
        self._wrong_status = wrong_status
        self._stale = stale
        self._sent: dict[str, int] = {}
        """How many tokens a visit has used up."""
        self._visits: dict[str, str] = {}
        """Cookie to the name of who signed in; empty for nobody."""
        self._tokens: dict[str, str] = {}
        routes = [
            Route("/", self._start),
            Route("/home", self._home),
            Route("/blocked", self._blocked),
            Route("/app.js", self._script),
        ]
        if way == "json":
            routes += [Route("/api/login", self._take_json, methods=["POST"]), Route("/api/me", self._me)]
        else:
            routes += [Route("/login", self._show), Route("/login", self._take, methods=["POST"])]
        self.app: ASGIApp = Starlette(routes=routes)

    @staticmethod
    def address_of(name: str) -> str:
        """What a person types as user name."""
        return f"{name}@desk.test"

    # Signing in

    def wrong(self, account: str) -> str:
        """What is said of a wrong password."""
        return "Address or password is wrong."

    async def _judged(self, request: Request, account: str, password: str) -> Refusal | str | None:
        """The name of who may come in, a refusal, or None for a wrong password."""
        attempt = Attempt(account.strip().lower(), self._ip(request), request)
        right = next(
            (
                name
                for name in self.people
                if self.address_of(name) == attempt.account
                and hmac.compare_digest(password, password_for(name))
            ),
            None,
        )
        for limit in self._limits:
            refusal = await limit.before(attempt)
            if refusal and not (right and self._checks_first):
                return refusal
        for limit in self._limits:
            limit.after(attempt, right=right is not None)
        return right

    def _ip(self, request: Request) -> str:
        """The address that counts."""
        given = request.headers.get(self._forwarded, "") if self._forwarded else ""
        return given.partition(",")[0].strip() or (request.client.host if request.client else "")

    async def _take(self, request: Request) -> Response:
        form = await request.form()
        visit = request.cookies.get(_COOKIE, "")
        if self._way == "token" and not hmac.compare_digest(str(form.get("csrf", "")), self._csrf(visit)):
            if self._stale is None:
                raise HTTPException(403)
            return self._form(request, self._stale, self._wrong_status)
        if self._stale is not None:
            self._sent[visit] = self._sent.get(visit, 0) + 1
        told = await self._judged(request, str(form.get("email", "")), str(form.get("password", "")))
        if isinstance(told, Refusal) and told is not AS_WRONG:
            return told.response or self._form(request, told.words, told.status, told.retry_after)
        if isinstance(told, str):
            self._visits.pop(visit, None)
            return self._dressed(RedirectResponse("/home", 303, headers=QUIET), told)
        if self._way == "redirect":
            return RedirectResponse("/login?again=1", 303, headers=QUIET)
        return self._form(request, self.wrong(str(form.get("email", ""))), self._wrong_status)

    async def _take_json(self, request: Request) -> Response:
        try:
            sent = await request.json()
            email, password = str(sent["email"]), str(sent["password"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "email and password are needed"}, 400, headers=QUIET)
        told = await self._judged(request, email, password)
        if isinstance(told, Refusal) and told is not AS_WRONG:
            headers = QUIET | ({"retry-after": str(told.retry_after)} if told.retry_after else {})
            return told.response or JSONResponse({"error": told.words}, told.status, headers=headers)
        if isinstance(told, str):
            token = secrets.token_urlsafe(32)
            self._tokens[token] = told
            return JSONResponse({"access_token": token}, headers=QUIET)
        return JSONResponse({"error": self.wrong(email)}, self._wrong_status, headers=QUIET)

    # Pages

    async def _start(self, request: Request) -> Response:
        way = (
            '<script src="/app.js"></script>' if self._way == "json" else '<p><a href="/login">Log in</a></p>'
        )
        return self._page("The desk", f"<p>We keep your letters.</p>{way}")

    async def _script(self, request: Request) -> Response:
        calls = (
            'const login = () => fetch("/api/login", {method: "POST"}); const me = () => fetch("/api/me");'
        )
        return Response(calls, media_type="text/javascript")

    async def _show(self, request: Request) -> Response:
        again = "Address or password is wrong." if "again" in request.query_params else ""
        return self._form(request, again)

    async def _home(self, request: Request) -> Response:
        name = self._visits.get(request.cookies.get(_COOKIE, ""))
        if not name:
            return RedirectResponse("/login", 302, headers=QUIET)
        return self._page("Your letters", f"<p>{self.address_of(name)}</p><p>Letter 4471 is here.</p>")

    async def _blocked(self, request: Request) -> Response:
        return self._page("Not now", "<p>Somebody tried too often. Come back later.</p>", 403)

    async def _me(self, request: Request) -> Response:
        name = self._tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if not name:
            return JSONResponse({"error": "Sign in first."}, 401, headers=QUIET)
        return JSONResponse({"email": self.address_of(name), "letters": [4471, 4472]}, headers=QUIET)

    def _form(
        self, request: Request, problem: str, status: int = 200, retry_after: int | None = None
    ) -> Response:
        visit = request.cookies.get(_COOKIE) or secrets.token_urlsafe(24)
        token = (
            f'<input type="hidden" name="csrf" value="{self._csrf(visit)}">' if self._way == "token" else ""
        )
        said = f'<p role="alert">{escape(problem)}</p>' if problem else ""
        body = (
            f'{said}<form method="post" action="/login">{token}{self._head}'
            '<label>E-mail <input type="email" name="email" autocomplete="username"></label>'
            '<label>Password <input type="password" name="password" autocomplete="current-password"></label>'
            "<button>Log in</button></form>"
        )
        answer = self._page("Log in", body, status)
        if retry_after:
            answer.headers["retry-after"] = str(retry_after)
        if self._way == "token" and _COOKIE not in request.cookies:
            self._set(answer, visit)
        return answer

    def _dressed(self, answer: Response, name: str) -> Response:
        made = secrets.token_urlsafe(24)
        self._visits[made] = name
        self._set(answer, made)
        return answer

    @staticmethod
    def _set(answer: Response, visit: str) -> None:
        answer.set_cookie(_COOKIE, visit, path="/", secure=True, httponly=True, samesite="lax")

    def _csrf(self, visit: str) -> str:
        return hmac.new(b"desk", f"{visit} {self._sent.get(visit, 0)}".encode(), "sha256").hexdigest()

    @staticmethod
    def _page(title: str, body: str, status: int = 200) -> Response:
        return HTMLResponse(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><main><h1>{title}</h1>{body}</main></body></html>",
            status,
            headers=QUIET,
        )
