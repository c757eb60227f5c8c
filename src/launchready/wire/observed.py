"""What happens in a tab while pages load and are used, in raw values, to be redacted before they are kept."""

import asyncio
import re
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import CDPSession, Error, Page, Request, Response

MOST = 500
"""Events of one kind that are kept until the tab forgets them."""
_LASTING = frozenset(("eventsource", "media", "ping", "websocket"))
"""Requests that may go on for as long as the page is there."""
_READING = 3.0
"""Seconds to read one answer of a script's."""
_UNREAD = 1.0
"""Seconds after which an answer to a fetch no longer counts as under way.

Where a script looks at the status alone and the answer may not be stored, Chromium never reads it to its end."""
_LONGEST = 500_000
_SAYS_WHO = re.compile(r"^x-.*(?:auth|token|session|csrf|xsrf)|^(?:csrf|xsrf)-?token$", re.IGNORECASE)
_BROWSERS = frozenset(
    "accept accept-language authorization cache-control content-language content-length content-type cookie dnt host"
    " origin pragma priority purpose range referer upgrade-insecure-requests user-agent".split()
)
"""Names of headers that browsers set, or that are told apart already."""
_BROWSERS_PREFIXES = ("sec-", "if-", "proxy-", "access-control-")
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


@dataclass(frozen=True, slots=True)
class InsecureRequest:
    """One issue as Chromium states it: its names for resource and resolution."""

    resource: str
    resolution: str
    url: str


@dataclass(frozen=True, slots=True)
class FailedRequest:
    """One request that failed, with Playwright's name for its resource and Chromium's for the failure."""

    resource: str
    url: str
    why: str

    @property
    def withheld(self) -> bool:
        """Whether it was our own gate that said no."""
        return self.why.startswith("net::ERR_BLOCKED_BY_CLIENT")

    @property
    def aborted(self) -> bool:
        """Whether the browser gave it up, as it does with what is under way when one goes to another page."""
        return self.why.startswith("net::ERR_ABORTED")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: Playwright's name for the resource, whether it is what the tab itself went to, and its status."""

    method: str
    url: str
    resource: str
    status: int
    main: bool


@dataclass(frozen=True, slots=True)
class Scripted:
    """One request of a script, raw, with the headers that it set by itself, names in lower case."""

    method: str
    url: str
    headers: dict[str, str]

    @property
    def is_safe(self) -> bool:
        """Whether it only reads."""
        return self.method in _SAFE


@dataclass(frozen=True, slots=True)
class Told:
    """One request that changes something, that the tab itself went to, or that a script made, with its answer, raw.

    Never evidence.

    Attributes:
        method, url: as asked.
        headers: of the request, as its page set them; no cookies.
        sent: the request's body.
        status: of the answer; 0 where our own gate held the request back.
        answer_headers: as received, repeated ones apart.
        body: of the answer to what changes something or a script asked; cut, and empty where it could not be had.
        main: whether it is what the tab itself went to.
    """

    method: str
    url: str
    headers: dict[str, str]
    sent: bytes
    status: int
    answer_headers: tuple[tuple[str, str], ...]
    body: bytes
    main: bool


@dataclass(eq=False)  # no slots: Playwright notes on the object which of its methods listen
class Observed:
    """What a tab gathers, in its attributes, until `forget`.

    Attributes:
        status: of the last answer to the tab's own address; 0 until there is one.
        issues: insecure requests, each once, though Chromium may tell twice.
        console, errors: errors on the console, and errors that no script caught.
        failed: requests that failed, our own refusals included.
        answered: addresses that were answered, whatever the status.
        answers: the same with method and status, in order.
        changes: requests that are not safe ones, in order: what forms and scripts sent.
        told: those and what the tab itself went to, with their answers; complete once `listened` has returned.
        hears_scripts: whether what scripts read is told too, and what they were not let send.
        says_yes: whether a question whether one is sure is answered with yes; only where nothing is sent after all.
        begun: how many requests began.
        scripted: requests that scripts made, in order, since the tab was opened.
        authorizations: Authorization headers that the page's own scripts sent, by address, the last one last.
        custom: other headers of the kind that says who asks, as the scripts sent them last: by name, (address, value).
        sockets: WebSocket addresses that were tried; insecure ones are among the issues alone.
        security: Chromium's word for the state of the page.
    """

    _page: Page
    _session: CDPSession
    status: int = 0
    security: str = ""
    issues: dict[InsecureRequest, None] = field(default_factory=dict)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failed: list[FailedRequest] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    answers: list[Answered] = field(default_factory=list)
    changes: list[Request] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    hears_scripts: bool = False
    says_yes: bool = False
    begun: int = 0
    scripted: list[Scripted] = field(default_factory=list)
    authorizations: dict[str, str] = field(default_factory=dict)
    custom: dict[str, tuple[str, str]] = field(default_factory=dict)
    sockets: set[str] = field(default_factory=set)
    _open: set[Request] = field(default_factory=set)
    _doing: set[asyncio.Task[None]] = field(default_factory=set)

    def forget(self) -> None:
        """Begin anew: what comes from now on belongs to the next step. Authorizations stay."""
        for gathered in (self.issues, self.console, self.errors, self.failed, self.answered, self.sockets):
            gathered.clear()
        self.answers.clear()
        self.changes.clear()
        self.told.clear()

    def insecure(self) -> tuple[InsecureRequest, ...]:
        """Insecure requests: the issues, and what was blocked in workers and frames, where there is none."""
        found, told = dict(self.issues), {issue.url for issue in self.issues}
        for failed in self.failed:
            if failed.why == "mixed-content" and failed.url not in told:
                found[InsecureRequest(failed.resource, "MixedContentBlocked", failed.url)] = None
        return tuple(found)

    async def listened(self) -> None:
        """Wait until what was answered so far is written down."""
        while self._doing:
            await asyncio.wait(self._doing, timeout=_READING)
            if any(not task.done() for task in self._doing):
                break

    @property
    def quiet(self) -> bool:
        """Whether no request is under way, but for those that may last as long as the page."""
        return not self._open

    def _listen(self) -> None:
        page, session = self._page, self._session
        page.on("request", self._begun)
        page.on("requestfinished", self._finished)
        page.on("requestfailed", self._failed)
        page.on("response", self._responded)
        page.on(
            "console", lambda message: _note(self.console, message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: _note(self.errors, str(error)))
        page.on("websocket", lambda socket: self.sockets.add(socket.url))
        # A page that asks whether one really wants to leave is left.
        page.on(
            "dialog",
            lambda dialog: self._soon(
                dialog.accept() if self.says_yes or dialog.type == "beforeunload" else dialog.dismiss()
            ),
        )
        page.on("popup", lambda popup: self._soon(popup.close()))
        session.on("Audits.issueAdded", self._issue)
        session.on("Security.visibleSecurityStateChanged", self._secured)

    def _soon(self, action: Awaitable[None]) -> None:
        """Do something that an event asks for; the page may be gone before it is done."""

        async def attempt() -> None:
            with suppress(Error):
                await action

        task = asyncio.create_task(attempt())
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    def _begun(self, request: Request) -> None:
        self.begun += 1
        if request.resource_type not in _LASTING:
            self._open.add(request)
        if request.method not in _SAFE and len(self.changes) < MOST:
            self.changes.append(request)
        headers = request.headers
        value = headers.get("authorization")
        if value and len(self.authorizations) < MOST:
            self.authorizations.pop(request.url, None)
            self.authorizations[request.url] = value
        if request.resource_type in ("xhr", "fetch"):
            if len(self.scripted) < MOST:
                self.scripted.append(Scripted(request.method, request.url, _set_by_pages(headers)))
            said = {k: v for k, v in headers.items() if _SAYS_WHO.search(k) and k != "authorization"}
            self.custom.update({name: (request.url, value) for name, value in said.items()})

    def _finished(self, request: Request) -> None:
        self._open.discard(request)
        if len(self.answered) < MOST:
            self.answered.add(request.url)

    def _responded(self, response: Response) -> None:
        request = response.request
        try:
            main = request.is_navigation_request() and request.frame == self._page.main_frame
        except Error:  # a worker's request has no frame
            main = False
        if main:
            self.status = response.status
        if request.resource_type == "fetch":
            asyncio.get_running_loop().call_later(_UNREAD, self._open.discard, request)
        if len(self.answers) < MOST:
            answer = Answered(request.method, request.url, request.resource_type, response.status, main)
            self.answers.append(answer)
        heard = request.method not in _SAFE or self._hears(request)
        if (main or heard) and len(self.told) < MOST:
            self._soon(self._tell(response, main=main, heard=heard))

    def _hears(self, request: Request) -> bool:
        return self.hears_scripts and request.resource_type in ("xhr", "fetch")

    async def _tell(self, response: Response, *, main: bool, heard: bool) -> None:
        request = response.request
        headers = tuple((each["name"], each["value"]) for each in await response.headers_array())
        body = b""
        if heard and response.status not in (204, 301, 302, 303, 307, 308):
            with suppress(Error, TimeoutError):  # it is gone once the page is
                body = (await asyncio.wait_for(response.body(), _READING))[:_LONGEST]
        sent = request.post_data_buffer or b""
        self.told.append(
            Told(request.method, request.url, request.headers, sent, response.status, headers, body, main)
        )

    def _failed(self, request: Request) -> None:
        self._open.discard(request)
        if len(self.failed) < MOST:
            self.failed.append(FailedRequest(request.resource_type, request.url, request.failure or ""))
            if self.failed[-1].withheld and request.method not in _SAFE and self._hears(request):
                sent = request.post_data_buffer or b""
                self.told.append(
                    Told(request.method, request.url, request.headers, sent, 0, (), b"", main=False)
                )

    def _issue(self, event: dict[str, Any]) -> None:
        details = event["issue"]["details"]
        if mixed := details.get("mixedContentIssueDetails"):
            found = InsecureRequest(
                mixed.get("resourceType", ""), mixed["resolutionStatus"], mixed["insecureURL"]
            )
        elif (policy := details.get("contentSecurityPolicyIssueDetails")) and not policy.get("isReportOnly"):
            url = policy.get("blockedURL", "")
            if not url.startswith(("http://", "ws://")):
                return
            found = InsecureRequest(policy.get("violatedDirective", ""), "policy", url)
        else:
            return
        if len(self.issues) < MOST:
            self.issues[found] = None

    def _secured(self, event: dict[str, Any]) -> None:
        self.security = event["visibleSecurityState"]["securityState"]


def _set_by_pages(headers: dict[str, str]) -> dict[str, str]:
    named = ((name.lower(), value) for name, value in headers.items())
    return {n: value for n, value in named if n not in _BROWSERS and not n.startswith(_BROWSERS_PREFIXES)}


def _note(said: list[str], text: str) -> None:
    if len(said) < MOST:
        said.append(text)
