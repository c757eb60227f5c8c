"""Making the portal send a mail: a reset asked for as a stranger, or what a [[mail]] of the portal file describes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import quote_plus, unquote, urlencode, urljoin, urlsplit

from launchready.collect._gaps import gap
from launchready.collect.forgetting.pages import Entry, asking_form
from launchready.collect.forgetting.sending import Headers, ask_for_reset
from launchready.collect.people import People
from launchready.collect.people.browser_session import signed_in_tab
from launchready.collect.people.browser_steps import Credentials, described, perform
from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.tokens import GUARD_COOKIE, GUARD_HEADERS, META, token_fields
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.redact import subject
from launchready.site.identities import Identity, Step
from launchready.site.services import Mail, Mailbox
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.chromium import NoBrowserError
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A mail that was asked for.

    Attributes:
        at: when, on the monotonic clock.
        doubt: why it is not certain that the portal took it so; it counts only where no mail comes.
    """

    at: float
    doubt: Missing | None = None


Caused = AskedFor | Missing
"""That a mail was asked for, or why it could not be."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Puts address and tag into a text; `escape` makes them fit there."""

    address: str
    tag: str

    def __call__(self, text: str, escape: Callable[[str], str] = str) -> str:
        """The text with them in it."""
        return text.replace("{address}", escape(self.address)).replace("{tag}", escape(self.tag))


async def cause_reset(people: People, entry: Entry, identity: Identity, mailbox: Mailbox) -> Caused:
    """Ask for a new password, as somebody who forgot the old one."""
    asked_at = monotonic()
    try:
        page, answers, sent = await ask_for_reset(people, entry, identity, mailbox)
    except WireError as error:
        return gap(error, "a reset could not be asked for")
    status = answers[0].exchange.status
    if not sent:
        told = f"{subject(page.url)} has no form that asks for a reset"
        return Missing(Cause.AMBIGUOUS, told, "describe it in a [[mail]] of kind password-reset")
    if status >= 400:
        return Missing(
            Cause.AMBIGUOUS, f"asking for a reset was answered {status}", "ask for one by hand, or later"
        )
    end = Page(page.url, answers[-1])
    if page.has_captcha or asking_form(end) is not None:
        told = "a challenge stands before it" if page.has_captcha else "the form was shown again"
        return AskedFor(asked_at, _doubt(f"no reset came, but {told}", "ask for one by hand"))
    return AskedFor(asked_at)


async def cause(people: People, mail: Mail, fill: Fill) -> Caused:
    """Do what a [[mail]] says, as its identity or as a stranger.

    Args:
        people: the run's.
        mail: the description.
        fill: puts address and tag into a text.
    """
    identity = next((each for each in people.site.identities if each.name == mail.identity), None)
    if identity is not None and not identity.test:
        told = f"{identity.name} would cause it, and is no test account"
        return Missing(Cause.NO_CONSENT, told, "set test = true at its [[identity]] if it is one")
    caused: Caused = AskedFor(monotonic())
    try:
        if mail.request:
            caused = await _request(people, mail, identity, fill)
        if mail.steps and not isinstance(caused, Missing):
            caused = await _steps(people, mail, identity, fill)
    except NoBrowserError as error:
        return Missing(Cause.NOT_COLLECTED, str(error), error.settle_by)
    except WireError as error:
        return gap(error)
    return caused


async def _request(people: People, mail: Mail, identity: Identity | None, fill: Fill) -> Caused:
    method, _, place = (mail.request or "").partition(" ")
    url = urljoin(people.site.portal.url, fill(place, quote_plus))
    visitor = (await people.alive(identity.name)).visitor if identity else people.stranger()
    fields: dict[str, str]
    headers: Headers
    fields, headers = ({}, ()) if method == "GET" else await _guards(people, visitor, url)
    is_json = mail.body.lstrip()[:1] in ("{", "[")
    if is_json or not mail.body:
        body = fill(mail.body, _in_json)
    else:
        body = "&".join((fill(mail.body, quote_plus), urlencode(fields))).strip("&")
    if body:
        kind = "application/json" if is_json else "application/x-www-form-urlencoded"
        headers = (*headers, ("Content-Type", kind))
    asked_at = monotonic()
    answer = await visitor.fetch(method, url, headers=headers, body=body.encode(), touch=Touch.PROBE)
    status = answer.exchange.status
    if status >= 400:
        told = f"{method} {subject(url)} was answered {status}"
        return Missing(Cause.AMBIGUOUS, told, f"correct request and body of the [[mail]] of kind {mail.kind}")
    if any(form.action == url for form in Page(url, answer).forms):
        told = f"no mail came, but {method} {subject(url)} was answered with the form again"
        return AskedFor(asked_at, _doubt(told, f"correct the body of the [[mail]] of kind {mail.kind}"))
    return AskedFor(asked_at)


async def _guards(people: People, visitor: Visitor, url: str) -> tuple[dict[str, str], Headers]:
    """What the portal's own pages send along against forged requests: fields of forms, and headers.

    It stands in a cookie, or in a page: the one at this address, or that on which one starts.
    """
    own = urlsplit(people.site.portal.url)
    said = (("Origin", f"{own.scheme}://{own.netloc}"), ("Referer", people.site.portal.url))
    token = next((value for name, value in visitor.held(url) if GUARD_COOKIE.search(name)), "")
    fields: dict[str, str] = {}
    for at in dict.fromkeys((url, people.site.portal.url)):
        page = Page(at, (await visitor.follow("GET", at))[-1])
        fields = token_fields(page, url)
        meta = page.tree.css_first(META)
        token = unquote(token) or (meta.attributes.get("content") or "" if meta is not None else "")
        token = token or next(iter(fields.values()), "")
        if token:
            break
    return fields, (*said, *((name, token) for name in GUARD_HEADERS if token))


def _in_json(value: str) -> str:
    return json.dumps(value)[1:-1]


async def _steps(people: People, mail: Mail, identity: Identity | None, fill: Fill) -> Caused:
    people.wire.gate.check(people.site.portal.url, Touch.PROBE)
    if identity is None:
        async with people.wire.browser.tab() as tab:
            return await _performed(people, mail, tab, None, fill)
    session = await people.alive(identity.name)
    async with signed_in_tab(people, session) as (_, tab):
        return await _performed(people, mail, tab, people.typed(identity.name), fill)


async def _performed(
    people: People, mail: Mail, tab: Tab, credentials: Credentials | None, fill: Fill
) -> Caused:
    acting = [at for at, step in enumerate(mail.steps) if step.click or step.press]
    last = acting[-1] if acting else 0
    asked_at = monotonic()
    for at, step in enumerate(mail.steps):
        if at == last:
            tab.forget()
            asked_at = monotonic()
        why = await perform(tab, people.site, _filled(step, fill), credentials)
        if why:
            told = f"“{described(step)}” could not be done: {why}"
            return Missing(Cause.AMBIGUOUS, told, f"correct the steps of the [[mail]] of kind {mail.kind}")
    if mail.steps[-1].expect:
        return AskedFor(asked_at)
    refused = next((each.status for each in tab.answers if each.status >= 400), 0)
    said = f"was answered {refused}" if refused else "may not have led to it"
    told = f"no mail came, but “{described(mail.steps[last])}” {said}"
    settle_by = (
        f"end the steps of the [[mail]] of kind {mail.kind} with what is shown when it was sent: expect"
    )
    return AskedFor(asked_at, _doubt(told, settle_by))


def _doubt(told: str, settle_by: str) -> Missing:
    return Missing(Cause.AMBIGUOUS, told, settle_by)


def _filled(step: Step, fill: Fill) -> Step:
    given = {name: fill(value) for name, value in step if isinstance(value, str)}
    return step.model_copy(update=given)
