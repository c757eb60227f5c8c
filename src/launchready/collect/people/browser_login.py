"""Signing in with a real browser: forms that only scripts send, found by their structure, and login recipes.

Credentials are typed once. Whatever comes of it, they are not typed a second time: a portal that counts failures must not
lock an account because of us.
"""

from launchready.collect.people.attempts import Attempted, LoginWay, Memory
from launchready.collect.people.browser_steps import Credentials
from launchready.collect.people.browser_typing import BrowserSignIn, Typing
from launchready.collect.people.browser_way import Learned, answer_of, learned
from launchready.site import Site
from launchready.site.identities import Step
from launchready.wire import Touch, Wire
from launchready.wire.profile import Profile
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

__all__ = ["BrowserSignIn", "Credentials", "DrivenWay", "in_tab", "sign_in"]


async def sign_in(  # noqa: PLR0917 -- each is another kind of thing
    wire: Wire,
    site: Site,
    visitor: Visitor,
    start: str,
    credentials: Credentials,
    steps: tuple[Step, ...] = (),
) -> BrowserSignIn:
    """Sign this visitor in, in a clean profile that holds what the visitor does, which then holds what came of it.

    Args:
        wire: of the run.
        site: of the portal.
        visitor: its name and touch are used; cookies, local storage and headers are changed.
        start: the login page, raw, absolute.
        credentials: whose.
        steps: a recipe; without one the form is found by itself.

    Raises:
        NoBrowserError: there is no browser.
        Unreachable: the login page does not load.
    """
    async with wire.browser.profile(visitor) as profile:
        profile.secrets |= {credentials.password}
        async with profile.tab() as tab:
            return await in_tab(wire, site, profile, tab, start, credentials, steps)


async def in_tab(  # noqa: PLR0917 -- as above
    wire: Wire,
    site: Site,
    profile: Profile,
    tab: Tab,
    start: str,
    credentials: Credentials,
    steps: tuple[Step, ...] = (),
) -> BrowserSignIn:
    """As `sign_in`, in a tab that is open and stays so. Raises the same."""
    typing = Typing(site, tab, credentials, wire=wire, profile=profile, steps=steps)
    if steps:
        await typing.follow(start)
    else:
        await typing.fill_in(start)
    result = await typing.ended()
    if result.reached:
        result.way = _way(typing)
    return result


def _way(typing: Typing) -> LoginWay:
    """The same by plain requests where that was learned, else by driving the browser again."""
    typed, result = typing.credentials, typing.result
    if typing.source:
        known = Learned(typing.start, typing.source, typed.username, typed.password, result.before)
        found = learned(typing.wire, known, typing.tab.told, second_factor=bool(result.second_factor))
        if found is not None:
            token = result.access_token
            headers = typing.profile.visitor.headers if token else ()
            found.carries = tuple((n, v.replace(token, "{}")) for n, v in headers if token in v)
            return found
    return DrivenWay(typing.wire, typing.site, typing.start, typing.steps)


class DrivenWay:
    """Where nothing was learned that could be sent again: the browser types the credentials, at the cost of many requests.

    Attributes:
        kind: "browser form" or "recipe".
        url: the login page, raw.
    """

    driven = True

    def __init__(self, wire: Wire, site: Site, url: str, steps: tuple[Step, ...] = ()) -> None:
        self._wire, self._site, self._steps = wire, site, steps
        self.memory = Memory()
        self.url = url
        self.kind = "recipe" if steps else "browser form"

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
        """As `LoginWay.attempt`; a recipe knows no other page. Raises NoBrowserError too."""
        kept, visitor.touch = (visitor.headers, visitor.touch), touch
        visitor.headers = (*visitor.headers, *headers)
        credentials = Credentials(username, password)
        steps = tuple(step for step in self._steps if "{totp}" not in (step.value or ""))
        try:
            async with self._wire.browser.profile(visitor) as profile:
                profile.secrets.add(password)
                async with profile.tab() as tab:
                    came = await in_tab(
                        self._wire, self._site, profile, tab, page or self.url, credentials, steps
                    )
                    answers = tuple(answer_of(told, self._wire.redact) for told in tab.told)
        finally:
            own, visitor.touch = visitor.headers, kept[1]
            visitor.headers = own if own != (*kept[0], *headers) else kept[0]
        second = came.reason == "second-factor"
        return Attempted(answers, accepted=came.reached or second, second_step=second, reason=came.reason)
