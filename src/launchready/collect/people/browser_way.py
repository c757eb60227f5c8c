"""What a browser's sign-in sent, learned, so that it can be done again by plain requests. Raw: never evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.people.attempts import Attempted, Memory, refusal, token_in
from launchready.collect.people.pages import Page
from launchready.collect.people.request_bodies import body_with, json_of, values_of
from launchready.evidence.http import Exchange
from launchready.evidence.redact import Redactor
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.observed import Told
from launchready.wire.visitor import Visitor

if TYPE_CHECKING:
    from launchready.wire import Wire

_KEPT = re.compile(
    r"^(?:content-type|accept|origin|referer|x-.*|.*(?:csrf|xsrf).*|apikey|.*-key|.*-version)$"
)
"""Request headers that a page's scripts set, or that servers look at; all others are the browser's own."""
_OPAQUE = 8
"""Characters from which on a value that is neither user name nor password may be a token against forged requests."""
_ANCHOR = 24


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of a sign-in: the login page, its markup with what its scripts made of it, and what was typed."""

    start: str
    source: str
    username: str
    password: str
    before: Visitor


@dataclass(slots=True)
class LearnedWay:
    """The requests that carried user name and password, sent again with others.

    Attributes:
        kind: "json" where that is what is sent, else "browser form".
        url: the address that gets the password, raw.
        carries: headers in which the page's scripts sent on the token that they were given, which stands as {} in them.
    """

    wire: "Wire"
    known: Learned
    requests: tuple[Told, ...]
    tokens: dict[str, tuple[str, str]]
    """Values that have to be fresh, and where they come from: (cookie, input, meta or script; its name or anchor)."""
    right: list["_Shape"] = field(default_factory=list)
    halfway: list["_Shape"] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    carries: tuple[tuple[str, str], ...] = ()
    kind: str = field(init=False)
    url: str = field(init=False)
    driven: ClassVar[bool] = False

    def __post_init__(self) -> None:
        last = self.requests[-1]
        self.url, self.kind = last.url, "browser form" if json_of(last.sent) is None else "json"

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
        """As `LoginWay.attempt`."""
        before = None
        if page or self.tokens or self.known.before.cookies:  # else the page is nothing but its scripts
            opened = await visitor.follow("GET", page or self.known.start, headers=headers, touch=touch)
            before = self._read(opened[-1])
        answers: tuple[Answer, ...] = ()
        for request in self.requests:
            values = {
                self.known.username: username,
                self.known.password: password,
                **self._fresh(visitor, before),
            }
            sent = [(k, values.get(v, v)) for k, v in request.headers.items() if _KEPT.match(k.lower())]
            body = body_with(request, values)
            answers = await visitor.follow(
                request.method, request.url, headers=(*sent, *headers), body=body, touch=touch
            )
            if answers[-1].exchange.status >= 400:
                break
        end = self._read(answers[-1])
        shape = _Shape.of(answers[0])
        if any(answer.exchange.status >= 400 for answer in answers) or self._is_start(answers[0].location):
            return Attempted(answers, accepted=False, reason=refusal(before, answers, end), page=end)
        if any(each.fits(shape) for each in self.halfway):
            return Attempted(answers, accepted=True, second_step=True, page=end)
        # What was learned of a sign-in with a code does not say how one without is answered: the proof will.
        fits = any(each.fits(shape) for each in self.right) if self.right else bool(shape.cookies)
        token = token_in(end.data).access
        accepted = fits or bool(token)
        if token and self.carries:
            visitor.headers = tuple((name, value.replace("{}", token)) for name, value in self.carries)
        reason = "" if accepted else refusal(before, answers, end)
        return Attempted(answers, accepted=accepted, reason=reason, page=end)

    def _fresh(self, visitor: Visitor, page: Page | None) -> dict[str, str]:
        """Old values and the ones to send in their place, for this visitor and this login page."""
        found = {}
        for old, (kind, name) in self.tokens.items():
            if kind == "cookie":
                new = next((c.value for c in visitor.cookies if c.name == name), None)
                new = unquote(new) if new is not None and "%" not in old else new
            elif page is None:
                new = None
            elif kind == "script":
                match = re.search(re.escape(name) + r"([^\"'<>\s]+)", page.source)
                new = match[1] if match else None
            else:
                new = _named(page.tree, kind, name)
            if new is not None:
                found[old] = new
        return found

    def _read(self, answer: Answer) -> Page:
        return Page(self.wire.http.address_of(answer.exchange.url), answer)

    def _is_start(self, location: str) -> bool:
        return bool(location) and urlsplit(location).path == urlsplit(self.known.start).path


def learned(wire: "Wire", known: Learned, told: Iterable[Told], *, second_factor: bool) -> LearnedWay | None:
    """How to do it again; None where what was typed does not stand in what was sent, or is sent with what cannot be had.

    Args:
        wire: of the run.
        known: the login page and what was typed.
        told: all that the browser sent and got, in order.
        second_factor: whether a code was asked for after the password.
    """
    carried: list[Told] = []
    for each in told:
        if each.method in ("GET", "HEAD", "OPTIONS") or not each.sent:
            continue
        values = set(values_of(each))
        if known.username in values or known.password in values:
            carried.append(each)
        if known.password in values:
            break
    else:
        return None
    tokens = _tokens(carried, known)
    last = carried[-1]
    shape = _Shape.of(answer_of(last, wire.redact), whole=bool(last.body) or last.status in (204, 302, 303))
    if tokens is None or not shape.says_something:
        return None
    way = LearnedWay(wire, known, tuple(carried), tokens)
    (way.halfway if second_factor else way.right).append(shape)
    return way


def _tokens(carried: Iterable[Told], known: Learned) -> dict[str, tuple[str, str]] | None:
    """Values that have to be fresh, and where they come from; None where that of one is not known."""
    tokens: dict[str, tuple[str, str]] = {}
    for each in carried:
        own = (v for k, v in each.headers.items() if "csrf" in k.lower() or "xsrf" in k.lower())
        for value in (*values_of(each), *own):
            if len(value) < _OPAQUE or value in (known.username, known.password):
                continue
            source = _source(value, known)
            if source is not None:
                tokens[value] = source
            elif any(c.isdigit() for c in value) and len(value) >= 2 * _OPAQUE:
                return None
    return tokens


def exchange_of(told: Told, redact: Redactor) -> Exchange:
    """One answer that the browser got, as evidence."""
    return Exchange(
        method=told.method,
        url=redact.url(told.url),
        status=told.status,
        headers=redact.headers(told.answer_headers),
        size=len(told.body),
        truncated=False,
        digest=redact.fingerprint(told.body) if told.body else "",
        address="",
    )


def answer_of(told: Told, redact: Redactor) -> Answer:
    """The same as an answer to a plain request."""
    location = next((value for name, value in told.answer_headers if name.lower() == "location"), "")
    return Answer(exchange_of(told, redact), told.body, told.answer_headers, location)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What answers to right passwords have in common.

    Attributes:
        status: of the answer.
        leads_on: whether it redirects.
        cookies: names of those it sets.
        keys: keys and flags of JSON; None where the body could not be had, as of a page that was left at once.
    """

    status: int
    leads_on: bool
    cookies: frozenset[str]
    keys: tuple[tuple[str, str], ...] | None

    @classmethod
    def of(cls, answer: Answer, *, whole: bool = True) -> "_Shape":
        """The shape of one answer; `whole` says whether its body is known."""
        data = json_of(answer.body)
        keys: tuple[tuple[str, str], ...] = ()
        if isinstance(data, dict):
            pairs = ((str(k), str(v) if isinstance(v, bool) else type(v).__name__) for k, v in data.items())
            keys = tuple(sorted(pairs))
        lines = (value for name, value in answer.headers if name.lower() == "set-cookie")
        cookies = frozenset(line.partition("=")[0].strip() for line in lines)
        return cls(answer.exchange.status, bool(answer.location), cookies, keys if whole else None)

    @property
    def says_something(self) -> bool:
        """Whether another answer can be told from it."""
        return bool(self.leads_on or self.cookies or self.keys)

    def fits(self, other: "_Shape") -> bool:
        """Whether another answer is like it, as far as is known."""
        same = self.status == other.status and self.leads_on == other.leads_on
        return same and self.cookies <= other.cookies and (self.keys is None or self.keys == other.keys)


def _source(value: str, known: Learned) -> tuple[str, str] | None:
    """Where a value came from: a cookie, a field or meta element of the login page, or its inline state."""
    for cookie in known.before.cookies:
        if value in (cookie.value, unquote(cookie.value)):
            return "cookie", cookie.name
    tree = LexborHTMLParser(known.source)
    for kind, attribute in (("input", "value"), ("meta", "content")):
        for node in tree.css(f"{kind}[name]"):
            if node.attributes.get(attribute) == value:
                return kind, node.attributes.get("name") or ""
    at = known.source.find(value)
    if at > 0:
        return "script", known.source[max(0, at - _ANCHOR) : at]
    return None


def _named(tree: LexborHTMLParser, kind: str, name: str) -> str | None:
    attribute = "value" if kind == "input" else "content"
    return next(
        (n.attributes.get(attribute) for n in tree.css(f"{kind}[name]") if n.attributes.get("name") == name),
        None,
    )
