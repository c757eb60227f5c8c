"""Watching a login page in a browser: which form stands there, whether it is gone, and why it refused."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from launchready.collect.people import words
from launchready.collect.people.browser_forms import (
    CodeFields,
    LoginFields,
    code_fields,
    login_fields,
    way_in,
)
from launchready.collect.people.browser_steps import Credentials
from launchready.site import Site
from launchready.wire.fields import Sight
from launchready.wire.tab import Tab

QUIET = 0.5
"""Seconds without a request after which a page has answered."""
HESITATES = 2.5
"""Seconds that a form may stay after a good answer, while its page shows that all is well and then moves on."""
POLL = 0.1
_ASKING = ("document", "fetch", "xhr")
"""What a form or a script sends to be answered; beacons are not."""

clock = time.monotonic
_Fits = Callable[[LoginFields | None], bool]


@dataclass(slots=True)
class Watching:
    """A login page in a tab.

    Attributes:
        sent: whether what was typed last went out.
        start: the address of the page, raw.
        page, source: its words and markup before anything was typed.
    changed: how many requests that change something the page had made before that.
    """

    site: Site
    tab: Tab
    credentials: Credentials
    sent: bool = False
    start: str = ""
    page: str = ""
    source: str = ""
    changed: int = 0

    async def still_there(self, *, code: bool) -> bool:
        """Whether the form, or the place for a code, is there still."""
        sight = await self.sight()
        if code:
            return code_fields(sight) is not None
        form = login_fields(sight)
        return form is not None and form.password is not None

    async def form(self) -> LoginFields | None:
        """The login form; where there is only a button that shows it, that is pressed."""
        found = await self.wait_for(lambda form: form is not None)
        for _ in range(2):
            if found is not None or (opener := way_in(await self.sight())) is None:
                break
            if opener.href and urlsplit(opener.href).hostname not in self.site.scope_hosts:
                break
            await opener.click()
            await self.settle()
            found = await self.wait_for(lambda form: form is not None)
        return found

    async def wait_for(self, fits: _Fits) -> LoginFields | None:
        """The login form once it fits; None if it does not in time."""
        await self.settle()
        end = clock() + HESITATES
        while True:
            found = login_fields(await self.sight(), self.credentials.username)
            if fits(found) or clock() > end or self.refused_by_status():
                return found if fits(found) else None
            await asyncio.sleep(POLL)

    async def code(self) -> CodeFields | None:
        """Where a one-time code is asked for now."""
        return code_fields(await self.sight())

    async def sight(self) -> Sight:
        """What can be filled in and pressed now."""
        return await self.tab.sight(self.site.hosts)

    async def open(self, start: str) -> None:
        """Go to the login page."""
        self.start = start
        await self.tab.load(start, self.site.crawl.timeout)
        await self.settle()

    def is_portals(self, url: str) -> bool:
        """Whether an address is on a host of the portal."""
        return (urlsplit(url).hostname or "") in self.site.hosts

    async def settle(self) -> None:
        """Let the page do what it does until it has answered."""
        await asyncio.sleep(POLL)
        await self.tab.rest(QUIET, self.site.crawl.timeout)

    def forget_step(self) -> None:
        """What is answered from now on is the answer to what is sent next."""
        self.tab.answers.clear()
        self.changed = len(self.tab.changes)

    def elsewhere(self) -> str:
        """The host outside the scope that was to get what was sent last; empty where one in scope got it."""
        asked = [each for each in self.tab.changes[self.changed :] if each.resource_type in _ASKING]
        hosts = [urlsplit(each.url).hostname or "" for each in asked]
        return "" if any(map(self.site.in_scope, hosts)) else next(iter(hosts), "")

    def left_out(self) -> str:
        """The host outside the scope that the page wanted a script of and did not get; empty where there is none."""
        hosts = (
            urlsplit(each.url).hostname
            for each in self.tab.failed
            if each.withheld and each.resource == "script"
        )
        return next(filter(None, hosts), "")

    def refused_by_status(self) -> bool:
        """Whether a status since then says no."""
        return any(
            answer.status >= 400
            for answer in self.tab.answers
            if answer.main or answer.method not in ("GET", "HEAD", "OPTIONS")
        )

    def limited(self) -> str:
        """Limited or locked, where a status says so."""
        statuses = {a.status for a in self.tab.answers if a.main or a.method not in ("GET", "HEAD")}
        return "limited" if 429 in statuses else "locked" if 423 in statuses else ""

    async def reason(self) -> str:
        """Why the portal did not let us in, by status and by what the page says now and did not say before."""
        if named := self.limited():
            return named
        known = set(self.page.split())
        said = " ".join(word for word in (await self.tab.text()).split() if word not in known)[:2_000]
        if words.LIMITED.search(said):
            return "limited"
        if words.LOCKED.search(said):
            return "locked"
        if (await self.sight()).challenge:
            return "captcha"
        if any(answer.status >= 500 for answer in self.tab.answers if answer.main):
            return "unreachable"
        return "wrong-credentials" if self.sent else "no-form"
