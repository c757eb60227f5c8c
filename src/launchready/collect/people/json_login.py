"""Signing in at a JSON interface, as a single-page application does. Raw; never evidence.

Where it is, the portal says itself, in its scripts or its OpenAPI document. What it takes is asked with an empty body
first, which no portal counts as a wrong password, as there is neither a name nor a password in it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import unquote, urlencode, urljoin, urlsplit

from launchready.collect.people import words
from launchready.collect.people.apis import Apis
from launchready.collect.people.attempts import Attempted, Memory, refusal, token_in
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

USUAL = (
    "/api/login /api/auth/login /api/v1/login /api/v1/auth/login /api/session /api/auth/signin /api/token /auth/login"
    " /login"
).split()
_LOGIN_PATH = re.compile(
    r"(?:^|[/_\-.])(?:log-?in|sign-?in|auth|authenticate|authentication|sessions?|token|tokens|authorize)(?:$|[/_\-.])",
    re.IGNORECASE,
)
_NOT_LOGIN = re.compile(
    r"log-?out|sign-?out|refresh|revoke|reset|forgot|regist|sign-?up|verify|second|mfa|2fa|otp|csrf|invite|confirm"
    r"|passkey|webauthn|oauth|sso|callback|change|\bme$|whoami",
    re.IGNORECASE,
)
_NAMES = ("email", "username", "user", "login", "identifier", "user_name", "userName", "mail", "account")
_PASSWORDS = ("password", "passwd", "pass", "pwd", "passphrase", "secret")
_SECOND = re.compile(
    r"mfa|2fa|totp|otp|second.?factor|two.?factor|challenge|step.?up|verification", re.IGNORECASE
)
_CODES = (
    "code",
    "otp",
    "totp",
    "totp_code",
    "otp_code",
    "mfa_code",
    "token",
    "passcode",
    "one_time_code",
    "verification_code",
)
_GUARDS = ("xsrf-token", "csrf-token", "csrftoken", "csrf_token", "_csrf", "xsrf_token")
_MOST_PROBES = 10
_MOST_GUESSES = 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a password goes.

    Attributes:
        url: raw.
        name, password: the fields; empty names are to be tried.
        is_form: whether the body is a form and not JSON.
        refuses: how an empty body was answered, (status, digest).
        page: the page that gives the cookie of a token against forged requests; empty where none is needed.
    """

    url: str
    name: str = ""
    password: str = ""
    is_form: bool = False
    refuses: tuple[int, str] = (0, "")
    page: str = ""


@dataclass(slots=True)
class JsonWay:
    """Credentials as JSON (or as an OAuth password grant), tokens or cookies back."""

    wire: Wire
    endpoint: Endpoint
    kind: str = "json"
    memory: Memory = field(default_factory=Memory)
    driven: ClassVar[bool] = False
    unread: bool = False
    """The last refusal says no more than one of an empty body: the fields may have other names."""

    @property
    def url(self) -> str:
        """The address that gets the password, raw."""
        return self.endpoint.url

    async def attempt(
        self,
        visitor: Visitor,
        username: str,
        password: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        touch: Touch = Touch.SIGN_IN,
        page: str = "",
    ) -> Attempted:
        """As `LoginWay.attempt`; one request, or two where a token against forged requests is to be had first.

        A token that is handed out becomes the visitor's header.
        """
        guard = self.endpoint.page
        if guard and not any(name.lower() in _GUARDS for name, _ in visitor.held(self.url)):
            await visitor.follow("GET", page or guard, headers=headers, touch=touch)
        body = {self.endpoint.name: username, self.endpoint.password: password}
        if self.endpoint.is_form:
            body = {"grant_type": "password", **body}
        answers = await send(
            visitor, self.url, body, is_form=self.endpoint.is_form, headers=headers, touch=touch
        )
        return self.judged(visitor, answers)

    def judged(self, visitor: Visitor, answers: tuple[Answer, ...]) -> Attempted:
        """What came of it; takes the token, if there is one."""
        end = Page(self.url, answers[-1])
        token = token_in(end.data)
        refused = end.status >= 400 or says_no(end.data)
        if wants_second(end):
            return Attempted(answers, accepted=True, second_step=True, page=end)
        if refused or not self.memory.fits(answers) or not (token.access or sets_cookie(answers)):
            answer = answers[0].exchange
            self.unread = answer.status in (400, 422) or self.endpoint.refuses == (
                answer.status,
                answer.digest,
            )
            return Attempted(answers, accepted=False, reason=refusal(None, answers, end), page=end)
        if token.access:
            visitor.headers = (("Authorization", f"Bearer {token.access}"),)
        return Attempted(answers, accepted=True, page=end)


async def send(
    visitor: Visitor,
    url: str,
    body: dict[str, Any],
    *,
    is_form: bool = False,
    headers: tuple[tuple[str, str], ...] = (),
    touch: Touch = Touch.SIGN_IN,
) -> tuple[Answer, ...]:
    """Post a body as the portal's own scripts would, with the token of a CSRF cookie in its header. Raises WireError."""
    parts = urlsplit(url)
    said = [("Origin", f"{parts.scheme}://{parts.netloc}"), ("Accept", "application/json")]
    said.append(("Content-Type", "application/x-www-form-urlencoded" if is_form else "application/json"))
    for name, value in visitor.held(url):
        if name.lower() in _GUARDS:
            said += [
                ("X-XSRF-TOKEN", unquote(value)),
                ("X-CSRF-Token", unquote(value)),
                ("X-CSRFToken", unquote(value)),
            ]
    data = urlencode(body).encode("ascii") if is_form else json.dumps(body).encode()
    return await visitor.follow("POST", url, headers=(*said, *headers), body=data, touch=touch)


async def find_endpoints(wire: Wire, site: Site, apis: Apis, pages: Iterable[Page]) -> list[Endpoint]:
    """Addresses that take a name and a password, those first that say so themselves; nothing secret is sent.

    An address counts when it answers an empty POST as something does that misses its fields.
    """
    found: list[Endpoint] = []
    for operation in await apis.operations():
        lower = {name.lower(): name for name in operation.fields}
        password = next((lower[name] for name in _PASSWORDS if name in lower), "")
        name = next((lower[each.lower()] for each in _NAMES if each.lower() in lower), "")
        about = f"{operation.path} {operation.says}"
        if operation.method == "post" and password and name and not _NOT_LOGIN.search(operation.path):
            rank = bool(_LOGIN_PATH.search(operation.path) or words.LOGIN.search(about))
            url = urljoin(site.portal.url, operation.path)
            found.insert(0 if rank else len(found), Endpoint(url, name, password, operation.is_form))
    if found:
        return found[:2]
    pages = tuple(pages)
    if not any(page.tree.css_first("script") is not None for page in pages):
        return []  # nothing on these pages would talk to such an interface
    named = [p for p in await apis.paths(pages) if _LOGIN_PATH.search(p) and not _NOT_LOGIN.search(p)]
    stranger = Visitor(wire.http, touch=Touch.SIGN_IN)
    if pages:
        await stranger.follow("GET", pages[0].url)
    for path in list(dict.fromkeys((*named[:_MOST_PROBES], *USUAL)))[: _MOST_PROBES + len(USUAL)]:
        url = urljoin(site.portal.url, path)
        try:
            (answer, *_) = await send(stranger, url, {})
        except WireError:
            continue
        if _misses_fields(answer):
            guarded = any(name.lower() in _GUARDS for name, _ in stranger.held(url))
            found.append(_as_it_says(url, answer, pages[0].url if guarded else ""))
            if len(found) >= 2 or path in named:
                break
    return found


def _misses_fields(answer: Answer) -> bool:
    """Whether somebody answers here who would take credentials: a refusal in JSON, not "no such page"."""
    return answer.exchange.status in (400, 401, 403, 419, 422) and Page("", answer).data is not None


def _as_it_says(url: str, answer: Answer, page: str) -> Endpoint:
    """The fields that a refusal names; empty where it names none."""
    said = Page("", answer).source
    name = next((each for each in _NAMES if re.search(rf"\b{each}\b", said)), "")
    password = next((each for each in _PASSWORDS if re.search(rf"\b{each}\b", said)), "")
    refuses = (answer.exchange.status, answer.exchange.digest)
    return Endpoint(url, name if password else "", password, refuses=refuses, page=page)


def guesses(endpoint: Endpoint, username: str, pages: Iterable[Page]) -> list[Endpoint]:
    """The endpoint with names for its fields: as it said, or as the page's own fields are called, or the usual ones."""
    if endpoint.name and endpoint.password:
        return [endpoint]
    pairs: dict[tuple[str, str], None] = {}
    for page in pages:
        for form in page.forms:
            if len(form.passwords) == 1 and form.texts:
                password = form.passwords[0].name or "password"
                pairs[
                    form.texts[-1].name or ("email" if form.texts[-1].kind == "email" else "username"),
                    password,
                ] = None
    first = ("email", "username") if "@" in username else ("username", "email")
    for name in first:
        pairs[name, "password"] = None
    return [replace(endpoint, name=name, password=password) for name, password in pairs][:_MOST_GUESSES]


def says_no(data: Any) -> bool:
    """Whether a JSON answer is a refusal in spite of its status."""
    if not isinstance(data, dict):
        return False
    named = {str(key).lower(): value for key, value in data.items()}
    if any(named.get(key) is False for key in ("success", "ok", "authenticated", "valid")):
        return True
    if str(named.get("status", "")).lower() in (
        "fail",
        "failed",
        "error",
        "failure",
        "denied",
        "unauthorized",
    ):
        return True
    return bool(named.get("error") or named.get("errors"))


def wants_second(page: Page) -> bool:
    """Whether a JSON answer takes the password and asks for a second factor: no token yet, and it says so in its names."""
    data = page.data
    if not isinstance(data, dict) or page.status >= 500 or page.status in (404, 405, 429):
        return False
    named = {str(key): value for key, value in data.items()}
    if token_in(
        {key: v for key, v in named.items() if key.lower() in ("access_token", "accesstoken", "jwt")}
    ).access:
        return False
    by_key = any(
        _SECOND.search(key) and value not in (False, None, "", 0, []) for key, value in named.items()
    )
    by_word = any(
        isinstance(value, str) and len(value) < 60 and _SECOND.search(value) for value in named.values()
    )
    return (by_key or by_word) and (page.status < 300 or by_key)


def sets_cookie(answers: tuple[Answer, ...]) -> bool:
    """Whether an answer sets a cookie."""
    return any(answer.exchange.values("set-cookie") for answer in answers)


async def second_bodies(
    apis: Apis, site: Site, way: JsonWay, end: Page, pages: Iterable[Page]
) -> list[tuple[str, dict[str, str], str]]:
    """Where the code may go: (address, body without the code, name of the code's field); at most three."""
    given = {str(k): v for k, v in (end.data or {}).items() if isinstance(v, str) and len(v) >= 8}
    found: list[tuple[str, dict[str, str], str]] = []
    for operation in await apis.operations():
        lower = {name.lower(): name for name in operation.fields}
        code = next((lower[name] for name in _CODES if name in lower), "")
        if operation.method != "post" or not code or not _SECOND.search(f"{operation.path} {operation.says}"):
            continue
        body = {name: given[name] for name in operation.fields if name in given}
        if "token" in body and code == "token":
            continue
        found.append((urljoin(site.portal.url, operation.path), body, code))
    if not found:
        base = way.url.rpartition("/")[0]
        named = [
            p
            for p in await apis.paths(pages)
            if _SECOND.search(p) and not re.search(r"setup|enrol|disable|qr", p)
        ]
        urls = [urljoin(site.portal.url, path) for path in named] or [
            f"{base}/{last}" for last in ("mfa", "2fa", "totp")
        ]
        found = [(url, dict(given), "code") for url in urls]
    return found[:3]
