"""What is followed once the password was right, by those who are in already, and on the way out."""

import asyncio
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from launchready.collect._gaps import gap
from launchready.collect.people import LoginWay, People, SignedIn, words
from launchready.collect.people.form_login import FormWay, submit
from launchready.collect.people.forms import Form
from launchready.collect.people.pages import Page
from launchready.collect.people.ways_out import PASTED
from launchready.collect.sending_on.evading import NAMES, Evasion, with_parameters, without
from launchready.collect.sending_on.returning import Returning, acts
from launchready.collect.sending_on.script_reading import reads_address
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.callbacks import Callback, Leading
from launchready.evidence.http import Crawl
from launchready.evidence.sessions import Sessions, SessionStart
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

MARK = "launchready"
"""The parameter that tells an own page we asked for from the one where everybody is sent."""
_MOST_SIGN_INS = 8
_FEW_SIGN_INS = 4
"""Where the login page sends those who are in on as well: there each value costs one request."""
_MOST_SIGN_OUTS = 3
_WAITS = (8.0, 8.0, 8.0)
"""Seconds that are waited, once each, for a limiter to let one sign in again."""
_ADDRESSES = ("/", "http://", "https://")
"""How the address of a page begins."""
_BY_FORM = ("form", "two-step form")


class AfterLogin:
    """Signs in to see what is followed.

    Attributes:
        found, ignored, gaps, sign_ins: as in `Callbacks`.
        page: the login page, raw; empty where nobody signed in.
    """

    def __init__(self, people: People, read: Returning, values: tuple[Evasion, ...]) -> None:
        self._people, self._wire, self._site = people, people.wire, people.site
        self._read, self._values = read, values
        self.found: list[Callback] = []
        self.ignored: list[tuple[str, str]] = []
        self.gaps: list[Missing] = []
        self.sign_ins = 0
        self.page = ""
        self._waits = list(_WAITS)

    async def look(
        self, sessions: Sessions | Missing, crawl: Crawl | Missing, seen: Iterable[tuple[str, str, str]]
    ) -> None:
        """Find out; what keeps us from it is in `gaps`."""
        start = self._somebody(sessions)
        if start is None:
            return
        try:
            session = await self._people.shared(start.identity)
        except WireError as error:
            self.gaps.append(gap(error, "what is followed after signing in was not tried"))
            return
        way = session.way
        if way is None:
            return
        self.page = way.stands_at if isinstance(way, FormWay) else self._site.portal.url
        if way.kind not in _BY_FORM:
            await self._in_scripts()
            return
        usual = self.page
        self.page, names = await self._where_the_form_stands(usual)
        path = urlsplit(self.page).path
        names += [name for url, name, _ in seen if urlsplit(url).path == path]
        visitor = await self._after_login(session, way, names, self._target(session, crawl), usual)
        if visitor is not None:
            await self._at_logout(session, way, visitor)

    async def _where_the_form_stands(self, start: str) -> tuple[str, list[str]]:
        """The login page to which an address leads, without the return addresses in its own, and their names.

        What is given to an address that only leads on is lost on the way.
        """
        try:
            answers = await self._people.stranger().follow("GET", start)
        except WireError:
            return start, []
        shown = Page(self._wire.http.address_of(answers[-1].exchange.url), answers[-1])
        if urlsplit(shown.url).netloc != urlsplit(start).netloc or not (shown.login or shown.identifier):
            return start, []
        page = shown.url
        names = [name for name, value in parse_qsl(urlsplit(page).query) if value.startswith(_ADDRESSES)]
        for name in names:
            page = without(page, name)
        return page, names

    async def _in_scripts(self) -> None:
        """Where scripts sign in, what they follow is theirs to say: nothing, where none of them reads the address."""
        if await reads_address(self._people.stranger(), self._site, self.page):
            detail = "the login page is a script's work, so what it follows after signing in was not tried"
            self.gaps.append(
                Missing(Cause.NOT_COLLECTED, detail, "try the login page's return address by hand")
            )
        else:
            self.ignored.append(
                (self._wire.http.remember(self.page), "no script reads parameters: any of them")
            )

    def _somebody(self, sessions: Sessions | Missing) -> SessionStart | None:
        """Who signs in to find out: with a password and no second step, a test account rather than another."""
        if isinstance(sessions, Missing):
            self.gaps.append(sessions)
            return None
        fitting = [each for each in sessions.signed_in if each.way not in PASTED and not each.second_factor]
        if fitting:
            return next((each for each in fitting if each.test), fitting[0])
        failed = next((each.why for each in sessions.people if not isinstance(each, SessionStart)), None)
        detail = (
            "nobody could sign in with a password alone, so what is followed after signing in was not tried"
        )
        settle = "add an [[identity]] with username and password and no second factor"
        cause = failed.cause if failed else Cause.NOT_COLLECTED
        self.gaps.append(Missing(cause, detail, failed.settle_by if failed else settle))
        return None

    def _target(self, session: SignedIn, crawl: Crawl | Missing) -> str:
        """The path of a page that exists, and to which nobody is sent anyway."""
        away = {urlsplit(each.url).path for each in session.record.trail} | {
            "/",
            "",
            urlsplit(self.page).path,
        }
        for page in crawl.pages if isinstance(crawl, Crawl) else ():
            parts = urlsplit(self._wire.http.address_of(page.url))
            shown = (
                page.who == session.identity.name and page.exchange.status == 200 and page.exchange.is_html
            )
            if shown and not parts.query and parts.hostname == self._site.host and parts.path not in away:
                return parts.path
        return urlsplit(session.mark.url).path or "/"

    async def _after_login(
        self, session: SignedIn, way: LoginWay, seen: list[str], target: str, usual: str
    ) -> Visitor | None:
        """All names in one login, each with an own page; then other hosts in the name that was followed."""
        names = tuple(dict.fromkeys((*seen, *NAMES)))
        own = {f"{target}?{MARK}={number}": name for number, name in enumerate(names)}
        answers: tuple[Answer, ...] = ()
        known = len(self.gaps)
        for page in dict.fromkeys((self.page, usual)):  # where a redirect led may be good for one login only
            self.page = page
            del self.gaps[known:]
            visitor = Visitor(self._wire.http, session.identity.name, Touch.SIGN_IN)
            asked = with_parameters(page, ((name, value) for value, name in own.items()))
            if answers := await self._sign_in(session, way, visitor, asked):
                break
        else:
            return None
        inside = await self._when_signed_in(visitor, asked, own)
        if honoured := self._read.honoured(answers, own):
            leading, parameter = honoured
            most = _FEW_SIGN_INS if inside is not None and inside.parameter == parameter else _MOST_SIGN_INS
            await self._with_sign_ins(session, way, leading, parameter, most)
        elif inside is None:
            self.ignored += [(self._wire.http.remember(self.page), name) for name in (*seen, "next")]
        return visitor

    async def _sign_in(
        self, session: SignedIn, way: LoginWay, visitor: Visitor, page: str
    ) -> tuple[Answer, ...]:
        """The answers to one login that began at this page; none, and a gap, where it was refused."""
        identity = session.identity
        assert identity.password is not None
        password = identity.password.resolve().get_secret_value()
        self.sign_ins += 1
        try:
            attempted = await way.attempt(
                visitor, identity.username, password, touch=visitor.touch, page=page
            )
            while attempted.reason == "limited" and self._waits:
                # The portal limits how often anybody signs in, and others of this run did before.
                await asyncio.sleep(self._waits.pop())
                attempted = await way.attempt(
                    visitor, identity.username, password, touch=visitor.touch, page=page
                )
        except WireError as error:
            self.gaps.append(gap(error, "what is followed after signing in was not seen to the end"))
            return ()
        if attempted.accepted:
            self._people.also(session, visitor)
        else:
            why, settle = (
                ("the portal refused a further login", "run the audit again later")
                if attempted.sent
                else ("the login page showed no form there", "try the login page's return address by hand")
            )
            detail = f"{why}, so what it follows afterwards was not seen to the end"
            self.gaps.append(Missing(Cause.AMBIGUOUS, detail, settle))
            return ()
        return attempted.answers

    async def _with_sign_ins(
        self, session: SignedIn, way: LoginWay, honoured: Leading, parameter: str, most: int
    ) -> None:
        tried: list[Leading] = []
        why: Missing | None = None
        for evasion in self._values[:most]:
            visitor = Visitor(self._wire.http, session.identity.name, Touch.PROBE)
            page = with_parameters(self.page, ((parameter, evasion.value),))
            answers = await self._sign_in(session, way, visitor, page)
            if not answers:
                why = self.gaps.pop()
                break
            tried.append(self._read.worst(answers, evasion))
            if acts(tried[-1]):
                break
        shown = self._wire.http.remember(self.page)
        self.found.append(Callback(shown, parameter, "login", honoured, tuple(tried), why))

    async def _when_signed_in(self, visitor: Visitor, asked: str, own: dict[str, str]) -> Callback | None:
        """The login page, opened by somebody who is in, may lead on by itself: a look that costs no sign-in."""
        try:
            found = self._read.honoured((await visitor.fetch("GET", asked),), own)
        except WireError as error:
            self.gaps.append(gap(error, "what is followed where somebody is signed in was not tried"))
            return None
        if found is None:
            return None
        tried: list[Leading] = []
        why: Missing | None = None
        for evasion in self._values:
            page = with_parameters(self.page, ((found[1], evasion.value),))
            try:
                answer = await visitor.fetch("GET", page, touch=Touch.PROBE)
            except WireError as error:
                why = gap(error, f"other hosts in {found[1]} were not tried")
                break
            tried.append(self._read.worst((answer,), evasion))
            if acts(tried[-1]):
                break
        shown = self._wire.http.remember(self.page)
        callback = Callback(shown, found[1], "signed-in", found[0], tuple(tried), why)
        self.found.append(callback)
        return callback

    async def _at_logout(self, session: SignedIn, way: LoginWay, visitor: Visitor) -> None:
        """What is followed on the way out, by sessions that are spent anyway."""
        own = {f"/?{MARK}={number}": name for number, name in enumerate(NAMES)}
        try:
            answers = await self._sign_out(session, visitor, own)
            found = self._read.honoured(answers[:1], own)
            if found is None:
                return
            tried: list[Leading] = []
            for evasion in self._values[:_MOST_SIGN_OUTS]:
                further = Visitor(self._wire.http, session.identity.name, Touch.PROBE)
                if not await self._sign_in(session, way, further, self.page):
                    break
                answers = await self._sign_out(session, further, {evasion.value: found[1]})
                if answers:
                    tried.append(self._read.worst(answers[:1], evasion))
                    if acts(tried[-1]):
                        break
            shown = found[0].exchange.url.partition("?")[0]
            self.found.append(Callback(shown, found[1], "logout", found[0], tuple(tried)))
        except WireError as error:
            self.gaps.append(gap(error, "what is followed after signing out was not tried"))

    async def _sign_out(
        self, session: SignedIn, visitor: Visitor, values: dict[str, str]
    ) -> tuple[Answer, ...]:
        """Sign out by the control on a page, with these parameters; nothing where there is no control."""
        trail = session.record.trail
        where = self._wire.http.address_of(trail[-1].url) if trail else session.mark.url
        page = Page(where, (await visitor.follow("GET", where))[-1])
        pairs = tuple((name, value) for value, name in values.items())
        if form := next((each for each in page.forms if _signs_out(each)), None):
            target = with_parameters(form.action, pairs)
            return await submit(visitor, page.url, _to(form, target), {}, touch=visitor.touch)
        for link in page.links:
            if (
                words.LOGOUT.search(urlsplit(link.url).path)
                and urlsplit(link.url).hostname in self._site.hosts
            ):
                return (await visitor.fetch("GET", with_parameters(link.url, pairs)),)
        return ()


def _signs_out(form: Form) -> bool:
    return not form.passwords and not form.texts and bool(words.LOGOUT.search(f"{form.action} {form.says}"))


def _to(form: Form, action: str) -> Form:
    return Form(action, form.declared, form.method, form.enctype, form.fields, form.button, form.says)
