"""Walks through the portal as a new member of staff would, in a clean browser profile, and writes down what it meets."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin

from launchready.collect.people import NotSignedIn, People, SignedIn
from launchready.collect.people.browser_login import Credentials, in_tab
from launchready.collect.people.browser_steps import described, perform
from launchready.collect.people.browser_view import QUIET, View
from launchready.collect.people.finding import find_login
from launchready.errors import Refused, SignInFailed, WireError
from launchready.evidence import Missing
from launchready.evidence.letters import Delivery
from launchready.evidence.selftest import SelfTest, SelfTestStep
from launchready.selftest.navigating import entries_of
from launchready.selftest.noticing import Notes
from launchready.site import Site
from launchready.site.identities import Flow, Identity, Step
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready.wire.chromium import NoBrowserError
from launchready.wire.http import USER_AGENT
from launchready.wire.profile import Profile
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

_REFUSED = frozenset(("wrong-credentials", "locked", "captcha", "limited"))
"""Reasons after which credentials are not sent again."""
SIGN_IN, NAVIGATION = "sign-in", "navigation"


@dataclass(slots=True)
class Walk:
    """One self-test, as it goes on; `result` says what there is so far at any time."""

    wire: Wire
    site: Site
    people: People
    identity: Identity
    browser: str | Missing = field(
        default_factory=lambda: Missing(Cause.NOT_COLLECTED, "it was interrupted", "run it again")
    )
    way: str = ""
    steps: list[SelfTestStep] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    lost: bool = False
    lost_unknown: Missing | None = None
    mail: Delivery | Missing | None = None
    refused: bool = False
    """Whether the portal refused the credentials: they are not sent again, to lock no account."""

    @property
    def result(self) -> SelfTest:
        """What was seen so far."""
        return SelfTest(
            identity=self.identity.name,
            role=self.identity.role,
            browser=self.browser,
            way=self.way,
            steps=tuple(self.steps),
            left_out=tuple(sorted(self.left_out.items())),
            lost=self.lost,
            lost_unknown=self.lost_unknown,
            mail=self.mail,
        )

    async def go(self) -> None:
        """Do all of it. What goes wrong is in the result."""
        session, why = await self.known()
        typed = self.typed()
        if isinstance(typed, Missing) or (session is None and (self.refused or not typed.password)):
            self.unknown("sign in", SIGN_IN, typed if isinstance(typed, Missing) else why)
            return
        visitor, agent = Visitor(self.wire.http, self.identity.name, Touch.SIGN_IN), None
        if not typed.password and session is not None:
            visitor, agent = session.visitor, USER_AGENT
        try:
            self.wire.gate.check(self.site.portal.url, Touch.SIGN_IN)
            async with self.wire.browser.profile(visitor, agent=agent) as profile:
                self.browser = f"Chromium {self.wire.browser.version}"
                profile.secrets |= {typed.password}
                async with profile.tab() as tab:
                    notes = Notes(self.wire, self.site, tab, (typed.password,))
                    await _InBrowser(self, profile, tab, notes, session, typed).go()
                if session is not None and visitor is not session.visitor:
                    await profile.keep()
                    if profile.authorization:
                        visitor.headers = (("Authorization", profile.authorization),)
                    self.people.also(session, visitor)
        except NoBrowserError as error:
            self.browser = Missing(Cause.NOT_COLLECTED, str(error), error.settle_by)
        except Refused as error:
            self.unknown("sign in", SIGN_IN, Missing(Cause.NO_CONSENT, str(error), error.settle_by))

    async def known(self) -> tuple[SignedIn | None, Missing]:
        """A session of this identity by plain requests, whose proof serves the browser's too; or why there is none."""
        try:
            return await self.people.shared(self.identity.name), _NEVER
        except SignInFailed as error:
            self.refused = isinstance(error, NotSignedIn) and error.reason in _REFUSED
            return None, Missing(Cause.NOT_AUTHORISED, str(error), error.settle_by)
        except WireError as error:
            return None, Missing(Cause.UNREACHABLE, str(error), error.settle_by)

    def typed(self) -> Credentials | Missing:
        """What is typed into the login form, or why it cannot be had."""
        try:
            return self.people.typed(self.identity.name)
        except SignInFailed as error:
            return Missing(Cause.NOT_AUTHORISED, str(error), error.settle_by)

    def unknown(self, says: str, part: str, why: Missing) -> None:
        """A step that could not be tried."""
        self.steps.append(SelfTestStep(says, part, done=False, unknown=why))


_NEVER = Missing(Cause.NOT_COLLECTED, "nothing was tried", "run it again")


@dataclass(slots=True)
class _InBrowser:
    """The part with a tab open."""

    walk: Walk
    profile: Profile
    tab: Tab
    notes: Notes
    session: SignedIn | None
    typed: Credentials
    view: View = field(init=False)

    async def go(self) -> None:
        """Sign in, work, and see whether one is signed in still."""
        if not await (self.sign_in() if self.typed.password else self.handed_over()):
            return
        flows = [flow for flow in self.site.flows if flow.identity in (None, self.walk.identity.name)]
        for flow in flows:
            await self.flow(flow)
        if not flows:
            await self.navigation()
        await self.still_signed_in()

    @property
    def site(self) -> Site:
        """The portal."""
        return self.walk.site

    async def sign_in(self) -> bool:
        """Open the login page and use it; whether that led in."""
        start = await self.login_page()
        if not await self.load("open the login page", SIGN_IN, start):
            return False
        try:
            came = await in_tab(
                self.walk.wire, self.site, self.profile, self.tab, start, self.typed, self.site.login.recipe
            )
        except WireError as error:
            await self.step("sign in", SIGN_IN, why=str(error))
            return False
        self.walk.way = came.kind
        says = "sign in" + (" with a one-time code" if came.second_factor else "")
        if not came.reached:
            told = f"{came.says} ({came.reason.replace('-', ' ')})"
            if came.reason == "unreachable":
                await self.step(says, SIGN_IN, why=told)
            else:  # a wrong password or a challenge is no fault of the portal
                missing = Missing(Cause.NOT_AUTHORISED, told, SignInFailed.settle_by)
                await self.step(says, SIGN_IN, unknown=missing)
            return False
        unproved = await self.unproved()
        await self.step(says, SIGN_IN, unknown=unproved)
        return unproved is None

    async def handed_over(self) -> bool:
        """With the session that the portal file gives."""
        self.walk.way = "session"
        if not await self.load(
            "open the portal with the session of the portal file", SIGN_IN, self.site.portal.url
        ):
            return False
        unproved = await self.unproved()
        if unproved is not None:
            self.walk.unknown("see whether the portal knows this session", SIGN_IN, unproved)
        return unproved is None

    async def login_page(self) -> str:
        """Where the login form is."""
        place = self.walk.identity.login or ""
        if place or self.site.login.recipe:
            return urljoin(self.site.portal.url, place)
        found = await find_login(self.walk.wire, self.site)
        page = found.form or found.scripted or next(iter(found.pages), None)
        return page.url if page is not None else self.site.portal.url

    async def unproved(self) -> Missing | None:
        """Why it cannot be said that this identity is signed in; None where it is proved."""
        self.view = View(self.site, self.tab.url)
        await self.profile.keep()
        self.tab.secrets = self.profile.hidden()
        try:
            proved = await self.proved()
            async with self.walk.wire.browser.tab() as stranger:
                why = await self.view.learn(stranger, self.tab)
        except WireError as error:
            return Missing(Cause.UNREACHABLE, str(error), error.settle_by)
        if proved is False and why is None:
            return Missing(
                Cause.AMBIGUOUS,
                "the login form led on, but the page that proves a session is not shown to this one",
                "look at the screenshot; give this [[identity]] a `proof` if it is signed in there",
            )
        return None if proved else why

    async def proved(self) -> bool | None:
        """Whether what proved the session of plain requests holds for the browser's; None where that cannot be told."""
        session = self.session
        if session is None:
            return None
        if await session.is_proved(self.profile.visitor.copy()):
            return True
        in_cookies = all(carrier.startswith("cookie ") for carrier in session.record.carriers)
        return False if in_cookies and session.record.carriers else None

    async def flow(self, flow: Flow) -> None:
        """Do a flow's steps, until one cannot be done."""
        for step in flow.steps:
            self.tab.forget()
            says = described(step)
            if _acts(step) and not self.walk.identity.test:
                settle = f"set test = true at the [[identity]] {self.walk.identity.name} if its account is for tests"
                missing = Missing(
                    Cause.NO_CONSENT, "it may change something, and the identity is no test account", settle
                )
                self.walk.unknown(says, flow.name, missing)
                return
            why = await perform(self.tab, self.site, step, self.typed)
            await self.step(says, flow.name, why=why)
            if why:
                return

    async def navigation(self) -> None:
        """Follow the entries of the main navigation, one after the other."""
        entries, self.walk.left_out = await entries_of(self.tab, self.site)
        if not entries:
            missing = Missing(
                Cause.AMBIGUOUS,
                "the first page has no main navigation with links that could be followed",
                "say in [[flow]] what this identity does all day",
            )
            self.walk.unknown("follow the main navigation", NAVIGATION, missing)
        for written, url, words in entries:
            self.tab.forget()
            said = self.walk.wire.redact.text(words, (self.typed.password,))[:60]
            says = f"open “{said}”" if said else "open a link without words"
            why = ""
            try:
                if not await self.tab.follow(written):
                    await self.tab.load(url, self.site.crawl.timeout)
                await self.settle()
            except WireError as error:
                why = str(error)
            await self.step(says, NAVIGATION, why=why)

    async def still_signed_in(self) -> None:
        """Whether the walk has not thrown one out."""
        try:
            if self.view.marks:
                await self.view.load(self.tab, self.view.start)
                self.walk.lost = await self.view.is_lost(self.tab)
            else:
                await self.profile.keep()
                self.walk.lost = not await self.proved()
        except WireError as error:
            self.walk.lost_unknown = Missing(Cause.AMBIGUOUS, str(error), error.settle_by)

    async def load(self, says: str, part: str, url: str) -> bool:
        """Go somewhere; whether there was a page."""
        why = ""
        try:
            await self.tab.load(url, self.site.crawl.timeout)
            await self.settle()
        except WireError as error:
            why = str(error)
        await self.step(says, part, why=why)
        self.tab.forget()
        return not why

    async def settle(self) -> None:
        """Let the page do what it does."""
        await asyncio.sleep(0.1)
        await self.tab.rest(QUIET, self.site.crawl.timeout)

    async def step(self, says: str, part: str, why: str = "", unknown: Missing | None = None) -> None:
        """Write down what was done and what came of it."""
        self.walk.steps.append(await self.notes.step(says, part, why, unknown))


def _acts(step: Step) -> bool:
    """Whether a step may change something."""
    return step.fill is not None or step.click is not None or step.press is not None
