"""Typing credentials into a browser, once, and telling what came of it. Live and secret: never evidence."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from launchready.collect.people.attempts import LoginWay, Token, token_in
from launchready.collect.people.browser_forms import LoginFields
from launchready.collect.people.browser_steps import described, is_insecure, perform
from launchready.collect.people.browser_watching import HESITATES, POLL, Watching, clock
from launchready.collect.people.browser_way import exchange_of
from launchready.collect.people.client_headers import carry
from launchready.collect.people.request_bodies import json_of
from launchready.evidence.http import Exchange
from launchready.site.identities import Step
from launchready.wire import Wire
from launchready.wire.profile import Profile
from launchready.wire.visitor import Visitor

_STARTS = 1.5
"""Seconds in which a pressed button has made the page ask for something."""
_LONGEST_ERROR = 150
_Press = Callable[[str], Awaitable[bool]]


@dataclass(slots=True)
class BrowserSignIn:
    """What came of it.

    Attributes:
        kind: "browser form" or "recipe".
        before: what the visitor held before the credentials were sent.
        reached: the form is gone and nothing refused; a proof is another matter.
        reason: why not, as `NoSession.reason`; empty when reached.
        why, settle_by: the same in words, where the reason alone does not say it.
        says: one sentence on what was tried and what came of it, without secrets.
        screenshot: name of an attachment that shows where it ended; empty when there is none.
        url, status, text: where it ended, raw, and the words that can be seen there.
        trail: the exchanges of the login, first to last.
        halfway: what it held after the password, before the second factor.
        second_factor: "totp" where a code was asked for.
        way: the same by plain requests; None where that was not learned.
        access_token, refresh_token: raw, where the login's answer held them.
        read: addresses that the page's scripts asked and were answered, redacted.
    """

    kind: str
    before: Visitor
    reached: bool = False
    reason: str = ""
    why: str = ""
    settle_by: str = ""
    says: str = ""
    screenshot: str = ""
    url: str = ""
    status: int = 0
    text: str = ""
    trail: tuple[Exchange, ...] = ()
    halfway: Visitor | None = None
    second_factor: str = ""
    way: LoginWay | None = None
    access_token: str = ""
    refresh_token: str = ""
    read: tuple[str, ...] = ()


@dataclass(slots=True)
class Typing(Watching):
    """One attempt, as it goes on: the credentials are typed once."""

    wire: Wire = field(kw_only=True)
    profile: Profile = field(kw_only=True)
    steps: tuple[Step, ...] = ()
    scripted: int = 0
    result: BrowserSignIn = field(init=False)

    def __post_init__(self) -> None:
        self.result = BrowserSignIn("browser form", self.profile.visitor.copy())

    async def follow(self, start: str) -> None:
        """Do a recipe."""
        steps = self.steps
        self.result.kind, self.start = "recipe", start
        if steps[0].open is None:
            await self.open(start)
        for number, step in enumerate(steps, 1):
            if step.value and "{password}" in step.value:
                await self.remember_before()
            if step.value and "{totp}" in step.value:
                await self.remember_halfway("totp")
            if why := await perform(self.tab, self.site, step, self.credentials):
                said = f"step {number} of the recipe, {described(step)}, could not be done: {why}"
                self.sent = bool(self.tab.changes)
                self.refuse(await self.reason(), said)
                return
        await self.settle()
        self.result.reached = True
        self.result.says = f"the recipe's {len(steps)} steps were done"

    async def fill_in(self, start: str) -> None:
        """Find the form and use it."""
        await self.open(start)
        form = await self.form()
        if form is None:
            sight = await self.sight()
            challenged = sight.challenge and not any(f.kind == "password" for f in sight.fields)
            self.refuse(
                "captcha" if challenged else self.limited() or "no-form",
                f"no login form was found on the page{self.hindrance()}",
            )
            return
        if is_insecure(self.tab, self.site):
            self.refuse("no-form", "the login page is not secure, and a password is not typed there")
            return
        await self.remember_before()
        if form.password is None:
            form = await self.name_first(form)
            if form is None or form.password is None:
                return
        typed = form.username is None or await form.username.fill(self.credentials.username)
        typed = typed and await form.password.fill(self.credentials.password)
        if not typed:
            self.refuse("no-form", "the login form could not be filled in")
            return
        if not await self.send(form, form.password.press):
            self.refuse("no-form", "the login form was filled in, and no button made it send anything")
            return
        if await self.left_behind():
            await self.second_factor()

    async def name_first(self, form: LoginFields) -> LoginFields | None:
        """The first of two steps; gives the second, or None after a refusal."""
        assert form.username is not None
        if not await form.username.fill(self.credentials.username) or not await self.send(
            form, form.username.press
        ):
            self.refuse("no-form", "the first of two steps, the user name, could not be sent")
            return None
        second = await self.wait_for(lambda found: found is not None and found.password is not None)
        if second is None:
            reason = await self.reason()
            self.refuse(reason, "the user name was sent, and no field for a password followed")
        return second

    async def second_factor(self) -> None:
        """After the password: a code, if one is asked for."""
        code = await self.code()
        if code is None:
            self.result.reached = True
            self.result.says = "the login form was filled in and sent, and it led on"
            return
        await self.remember_halfway("totp")
        if self.credentials.code is None:
            self.refuse(
                "second-factor", "the password was taken and a code is asked for; this identity has no `totp`"
            )
            return
        self.forget_step()
        value = await self.credentials.code()
        shares = (value,) if len(code.fields) == 1 else tuple(value[: len(code.fields)])
        begun = self.tab.begun
        for place, share in zip(code.fields, shares, strict=False):
            if not await place.fill(share):
                break  # the last box sends by itself and takes the rest with it
        if self.tab.begun == begun:
            await self.send(LoginFields(None, None, code.buttons), code.fields[-1].press)
        if await self.left_behind(code=True):
            self.result.reached = True
            self.result.says = "the login form and the one-time code were sent, and they led on"

    async def send(self, form: LoginFields, press: _Press) -> bool:
        """Press what sends the form: its button, else Enter. Once something went out nothing more is pressed."""
        begun, url = self.tab.begun, self.tab.url
        buttons = [button for button in form.buttons if button.enabled or button.submits][:2]
        for act in (
            *(button.click for button in buttons[:1]),
            lambda: press("Enter"),
            *(b.click for b in buttons[1:]),
        ):
            await act()
            end = clock() + _STARTS
            while clock() < end:
                if self.tab.begun > begun or self.tab.url != url:
                    self.sent = True
                    return True
                await asyncio.sleep(POLL)
            now = await self.form()
            if now is None or (form.password is None and now.password is not None):
                return True  # a step without a request
        return False

    async def left_behind(self, *, code: bool = False) -> bool:
        """Whether the form is gone after it was sent; if not, this is a refusal and says why."""
        await self.settle()
        end = clock() + HESITATES
        while await self.still_there(code=code):
            if self.refused_by_status() or clock() > end:
                what = "the one-time code" if code else "the login form"
                reason = "second-factor" if code else await self.reason()
                self.refuse(reason, f"{what} was sent, and the page asks for it again")
                return False
            await asyncio.sleep(POLL)
            await self.settle()
        if code or not (blocked := self.limited()):
            return True
        self.refuse(blocked, "the login form was sent, and the portal refuses further attempts")
        return False

    async def remember_before(self) -> None:
        """Keep what the visitor holds and what the page says before anything secret is sent."""
        await self.profile.keep()
        self.result.before = self.profile.visitor.copy()
        self.page, self.source = await self.tab.text(), await self.tab.content()
        self.scripted = len(self.tab.scripted)
        self.forget_step()

    async def remember_halfway(self, factor: str) -> None:
        """Keep what the visitor holds between the password and the second factor."""
        await self.profile.keep()
        self.result.halfway, self.result.second_factor = self.profile.visitor.copy(), factor

    def refuse(self, reason: str, said: str) -> None:
        """Write down why it did not work; what no host in scope was asked, no portal has refused."""
        result = self.result
        result.reason, result.says = reason, said
        if self.sent and (host := self.elsewhere()):
            result.reason = "elsewhere"
            result.why = f"signing in asks {host}, which is outside the scope"
            result.settle_by = (
                f"add {host} to [portal] hosts if it is the portal's own, else to [scope] hosts"
            )
            result.says = f"the login form was filled in, and what it sends to {host} was held back"

    def hindrance(self) -> str:
        """Why a page may be without its form, as the end of a sentence; settled where the scope is the cause."""
        if host := self.left_out():
            self.result.settle_by = (
                f"add {host} to [scope] subresources, so that the login page gets its scripts"
            )
            return f", and its scripts from {host} were not loaded, as that is outside the scope"
        if self.tab.errors:
            error = self.wire.redact.text(self.tab.errors[0], self.profile.secrets)[:_LONGEST_ERROR]
            return f", and a script of the page stopped with “{error}”"
        return ""

    def own_headers(self) -> tuple[tuple[str, str], ...]:
        """Headers by which the page's scripts told hosts of the portal who asks; what others were told is not ours."""
        tokens = [value for url, value in self.tab.authorizations.items() if self.is_portals(url)]
        custom = [(name, value) for name, (url, value) in self.tab.custom.items() if self.is_portals(url)]
        return (*(("Authorization", value) for value in tokens[-1:]), *custom)

    def strangers(self) -> int:
        """How many requests scripts made before the portal could know who asks: those until the credentials came."""
        since = enumerate(self.tab.scripted[self.scripted :], self.scripted + 1)
        return next((count for count, each in since if not each.is_safe), self.scripted)

    async def ended(self) -> BrowserSignIn:
        """Write down where it ended, and give the visitor what it now holds."""
        result, tab = self.result, self.tab
        await tab.listened()
        result.url, result.status, result.text = tab.url, tab.status, await tab.text()
        result.trail = tuple(exchange_of(told, self.wire.redact) for told in tab.told)
        asked = [a for a in tab.answers if a.method == "GET" and a.resource in ("fetch", "xhr")]
        result.read = tuple(self.wire.http.remember(a.url) for a in asked if a.status < 300)
        await self.profile.keep()
        visitor = self.profile.visitor
        if result.reached:
            visitor.headers = self.own_headers()
            await carry(self.wire, visitor, tab, self.strangers())
            tokens = [token_in(json_of(told.body)) for told in tab.told if told.body]
            token = next((each for each in tokens if each.access), Token())
            result.access_token, result.refresh_token = token.access, token.refresh
        else:
            picture = await tab.screenshot()
            result.screenshot = self.wire.attach(picture, ".png") if picture else ""
        return result
