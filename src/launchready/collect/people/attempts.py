"""Sending one pair of credentials, and telling from the answers what came of it. Raw answers: never evidence."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from launchready.collect.people import words
from launchready.collect.people.pages import Page, new_text
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Attempted:
    """What came of sending one pair of credentials.

    Attributes:
        answers: from the request that sent them to where it ended, as a browser follows. Raw. Where nothing could be
            sent, as the login page itself was refused: that answer.
        accepted: the answers look as if the password was right: judged against how a right one was answered before, or
            by what they are (a token, a new session and a way on). A proof is another matter.
        second_step: the password was taken and a second factor is asked for.
        reason: why it was not accepted, as `NoSession.reason`: wrong-credentials, locked, captcha, limited, no-form;
            empty when it was.
        page: where it ended, read.
        sent: whether the credentials were sent at all.
    """

    answers: tuple[Answer, ...]
    accepted: bool
    second_step: bool = False
    reason: str = ""
    page: Page | None = None
    sent: bool = True


class LoginWay(Protocol):
    """How credentials are sent on this portal, learned once, then repeated at the cost of one or two requests."""

    kind: str
    """form, two-step form, json, browser form, recipe, basic."""
    memory: "Memory"
    """How a right password was answered."""

    @property
    def driven(self) -> bool:
        """Whether each attempt takes a browser, which is too slow and uneven to guess and compare with."""
        ...

    @property
    def url(self) -> str:
        """The address that gets the password, raw."""
        ...

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
        """Send these credentials as this visitor, whose jar changes accordingly; a fresh CSRF token where needed.

        Args:
            visitor: asks; nothing but its `fetch` and `follow` is used.
            username: what is typed as user name.
            password: what is typed as password.
            headers: added to each request.
            touch: of each request.
            page: begin at this login page instead of the usual one, as with a `?next=`; raw, absolute.

        Raises:
            WireError: there was no answer, or no consent.
        """
        ...


@dataclass(slots=True)
class Token:
    """What a JSON login hands out."""

    access: str = ""
    refresh: str = ""


ACCESS = (
    "access_token",
    "accesstoken",
    "access",
    "token",
    "jwt",
    "id_token",
    "idtoken",
    "auth_token",
    "authtoken",
    "bearer",
)
REFRESH = ("refresh_token", "refreshtoken", "refresh")


def token_in(data: Any, depth: int = 0) -> Token:
    """The tokens in a JSON answer, the nearest to its top."""
    found = Token()
    if not isinstance(data, dict) or depth > 3:
        return found
    named = {str(key).lower().replace("-", "_"): value for key, value in data.items()}
    found.access = next((v for k in ACCESS if isinstance(v := named.get(k), str) and len(v) >= 8), "")
    found.refresh = next((v for k in REFRESH if isinstance(v := named.get(k), str) and len(v) >= 8), "")
    for value in data.values():
        if not found.access:
            inner = token_in(value, depth + 1)
            found = Token(inner.access, found.refresh or inner.refresh)
    return found


@dataclass(slots=True)
class Signature:
    """How a right password was answered, so that others can be told from it."""

    first: int
    leads_to: str
    token: bool

    @classmethod
    def of(cls, answers: tuple[Answer, ...]) -> "Signature":
        """What the answers to a submission have in common from one sign-in to the next."""
        first = answers[0]
        token = bool(token_in(Page("", first).data).access)
        return cls(first.exchange.status, urlsplit(first.location).path if first.location else "", token)


@dataclass(slots=True)
class Memory:
    """What a way has learned from the first sign-in that was proved."""

    right: list[Signature] = field(default_factory=list)

    def learn(self, answers: tuple[Answer, ...]) -> None:
        """Remember how a right password was answered that needed no second factor."""
        signature = Signature.of(answers)
        if signature not in self.right:
            self.right.append(signature)

    def fits(self, answers: tuple[Answer, ...]) -> bool:
        """Whether these answers are like those to a right password; yes while none is known.

        Each identity may be led to a start page of its own, so of a redirect only that it leads on has to be the same.
        """
        found = Signature.of(answers)
        return not self.right or any(
            each.first == found.first
            and each.token == found.token
            and bool(each.leads_to) == bool(found.leads_to)
            for each in self.right
        )


def _led_on(answers: tuple[Answer, ...]) -> bool:
    """Whether one was led to a page that then sent one back to the login: it was taken, and forgotten.

    Not by way of the start page, as some portals answer a wrong password like that.
    """
    if len(answers) < 3 or not answers[-2].location:
        return False
    first = urlsplit(answers[0].location).path
    return first not in ("", "/") and first != urlsplit(answers[-2].location).path


def refusal(before: Page | None, answers: tuple[Answer, ...], end: Page) -> str:
    """Why these answers refuse a password, as `NoSession.reason`."""
    statuses = {answer.exchange.status for answer in answers}
    said = new_text(before, end) if end.is_html else end.source[:2_000]
    if 429 in statuses or any(a.exchange.status == 503 and a.exchange.values("retry-after") for a in answers):
        return "limited"
    if 423 in statuses:
        return "locked"
    if words.LOCKED.search(said):
        return "locked"
    if words.LIMITED.search(said):
        return "limited"
    if end.has_captcha or (before is not None and before.has_captcha):
        return "captcha"
    if end.login is not None and (_led_on(answers) or (end.status < 400 and not said)):
        return "no-proof"  # it was taken, and forgotten: nothing says that it was wrong
    if end.login is not None or end.identifier is not None or statuses & {401, 422}:
        return "wrong-credentials"
    if end.data is not None and statuses & {400, 403}:
        return "wrong-credentials"
    if any(status >= 500 for status in statuses):
        return "unreachable"
    return "no-form"
