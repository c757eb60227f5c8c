"""A session in a real browser: reloaded, with another page, in a second tab, with the back button.

Whether somebody is signed in is told by comparing what the page shows with what it shows to a stranger: lines that only
the one sees are marks of being signed in.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from launchready.collect.people import People, SignedIn
from launchready.collect.people.browser_login import in_tab
from launchready.collect.people.browser_view import View, path_of
from launchready.collect.people.protected import NEVER
from launchready.errors import Refused, SignInFailed, Unreachable, WireError
from launchready.evidence import Missing
from launchready.evidence.stability import SessionTrial
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.chromium import NoBrowserError
from launchready.wire.profile import Profile
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

_PICTURES = re.compile(
    r"\.(?:ico|png|jpe?g|gif|svg|webp|avif|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg)$", re.IGNORECASE
)


async def in_browser(wire: Wire, site: Site, people: People, session: SignedIn) -> list[SessionTrial]:
    """Try it; one trial that says why where there is no browser or nothing can be told.

    A session in cookies is carried into the browser. One whose token goes in a header lives in the page's own scripts, so
    there the browser signs in by itself.

    Raises:
        Refused: no consent.
    """
    try:
        return await _tried(wire, site, people, session)
    except Refused:
        raise
    except NoBrowserError as error:
        why = Missing(Cause.NOT_COLLECTED, f"no browser could look: {error}", error.settle_by)
    except SignInFailed as error:
        why = Missing(Cause.NOT_AUTHORISED, str(error), error.settle_by)
    except WireError as error:
        why = Missing(Cause.UNREACHABLE, str(error), error.settle_by)
    return [SessionTrial("refresh", "browser", why=why)]


async def _tried(wire: Wire, site: Site, people: People, session: SignedIn) -> list[SessionTrial]:
    by_cookie = not any(carrier.startswith("header ") for carrier in session.record.carriers)
    visitor = session.visitor if by_cookie else _clean(wire, session)
    async with wire.browser.profile(visitor) as profile, profile.tab() as tab:
        profile.holds_back = _is_picture
        if by_cookie:
            last = session.record.trail[-1:]
            pages = [wire.http.address_of(each.url) for each in last if each.is_html and each.method == "GET"]
            start = pages[0] if pages else session.mark.url
        else:
            start = await _signed_in(wire, site, people, session, profile, tab)
        async with wire.browser.tab() as stranger:
            view = View(site, start)
            why = await view.learn(stranger, tab)
        if why is not None:
            return [SessionTrial("refresh", "browser", why=why)]
        return await _Trials(site, profile, tab, view).all()


def _is_picture(method: str, url: str, body: str) -> bool:
    """Whether it is sent for looks alone, and tells nothing of a session."""
    del method, body
    return bool(_PICTURES.search(urlsplit(url).path))


def _clean(wire: Wire, session: SignedIn) -> Visitor:
    """The same identity with nothing in its hands."""
    return Visitor(wire.http, session.identity.name, session.visitor.touch)


async def _signed_in(  # noqa: PLR0917 -- each is another kind of thing
    wire: Wire, site: Site, people: People, session: SignedIn, profile: Profile, tab: Tab
) -> str:
    """Sign in by the form, and say where that led."""
    typed = people.typed(session.identity.name)
    profile.secrets.add(typed.password)
    page = urljoin(site.portal.url, session.identity.login or "")
    if not typed.password:
        raise SignInFailed(
            f"{session.identity.name} has no password to sign in with in a browser",
            "give this [[identity]] a username and password",
        )
    came = await in_tab(wire, site, profile, tab, page, typed, site.login.recipe)
    if not came.reached:
        raise SignInFailed(f"the browser could not sign in as {session.identity.name}: {came.says}")
    return tab.url


@dataclass(slots=True)
class _Trials:
    """One identity in one browser profile."""

    site: Site
    profile: Profile
    tab: Tab
    view: View
    trials: list[SessionTrial] = field(default_factory=list)

    async def all(self) -> list[SessionTrial]:
        """Every trial, until the session is lost for good."""
        trials = {
            "refresh": self.refresh,
            "new page": self.new_page,
            "second tab": self.second_tab,
            "back": self.back,
        }
        for kind, trial in trials.items():
            try:
                if not await trial():
                    break
            except (Refused, NoBrowserError):
                raise
            except WireError as error:
                cause = Cause.UNREACHABLE if isinstance(error, Unreachable) else Cause.AMBIGUOUS
                self.trials.append(
                    SessionTrial(kind, "browser", why=Missing(cause, str(error), error.settle_by))
                )
        return self.trials

    async def refresh(self) -> bool:
        """Reload."""
        await self.tab.move("reload", self.site.crawl.timeout)
        return await self.judged("refresh", 1, int(await self.view.is_lost(self.tab)))

    async def new_page(self) -> bool:
        """The start page of the portal, then the first page again."""
        await self.view.load(self.tab, self.site.portal.url)
        await self.show(self.tab)
        return await self.judged("new page", 1, int(await self.view.is_lost(self.tab)))

    async def second_tab(self) -> bool:
        """The same page in a new tab, then the old tab again."""
        async with self.profile.tab() as other:
            await self.show(other)
            lost = int(await self.view.is_lost(other))
            await self.tab.move("reload", self.site.crawl.timeout)
            lost += await self.view.is_lost(self.tab)
        return await self.judged("second tab", 2, lost)

    async def back(self) -> bool:
        """On to another page, and back."""
        if path_of(self.tab) != self.view.own_path:
            await self.show(self.tab)
        await self.view.load(self.tab, self.elsewhere)
        if (
            not await self.tab.move("back", self.site.crawl.timeout)
            or path_of(self.tab) != self.view.own_path
        ):
            if not await self.view.is_lost(self.tab):
                return True  # there was no way back to try: a page that puts itself in the place of the last
            return await self.judged("back", 1, 1)
        return await self.judged("back", 1, int(await self.view.is_lost(self.tab)))

    @property
    def elsewhere(self) -> str:
        """Another page than the first: the start page, or one that is not there where the trials are about that."""
        home = self.site.portal.url
        return home if urlsplit(home).path.rstrip("/") != self.view.own_path else urljoin(home, NEVER)

    async def judged(self, kind: str, asked: int, lost: int) -> bool:
        """Write a trial down; whether the session holds afterwards."""
        held = True
        if lost:
            await self.show(self.tab)
            held = not await self.view.is_lost(self.tab)
        self.trials.append(SessionTrial(kind, "browser", asked, lost, held))
        return held

    async def show(self, tab: Tab) -> None:
        """The page that the trials are about."""
        await self.view.load(tab, self.view.start)
