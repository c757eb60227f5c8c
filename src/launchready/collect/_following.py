"""Where the walk of one who is signed in goes: what to begin with, and what of each answer is asked next. Asks nothing."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from launchready.collect.crawler import Visit
from launchready.collect.frontier import Known, SignedInFrontier, Wanted, without_defaults
from launchready.collect.links import Links
from launchready.collect.named import composed
from launchready.evidence.http import Page, Unvisited
from launchready.evidence.sessions import SessionStart
from launchready.site import Site
from launchready.wire.http import HttpWire

_ASSET = re.compile(
    r"\.(?:css|m?js|map|json|webmanifest|wasm|ico|png|jpe?g|gif|svg|webp|avif|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer.

    Attributes:
        visit: what is kept of it.
        links: where it leads.
        takes_away: it takes the session's cookie away.
        as_strangers: it is a public page, and shows what strangers are shown.
    """

    visit: Visit
    links: Links
    takes_away: bool = False
    as_strangers: bool = False


class Following:
    """What one identity's answers lead to.

    Attributes:
        frontier: what is asked next.
        not_for_all: public addresses that showed more than strangers get, or something else.
    """

    def __init__(self, http: HttpWire, site: Site, known: Known, left_to_others: frozenset[str]) -> None:
        self._http = http
        self._site = site
        self._known = known
        self.frontier = SignedInFrontier(site, known, left_to_others)
        self.not_for_all: set[str] = set()
        self._named: dict[str, None] = {}
        self._assets: dict[str, int] = {}

    def seed(self, start: SessionStart) -> None:
        """Begin where people land, then ask all at which strangers were refused."""
        frontier, known = self.frontier, self._known
        if self._site.portal.url.startswith("https://"):
            frontier.start(without_defaults(self._site.portal.url), "start")
        ends = [exchange.url for exchange in start.trail[-1:] if exchange.method == "GET"]
        for shown in (start.proof.url, *ends):
            frontier.offer((self._http.address_of(shown),), "start", 0)
        frontier.sends(known.sent_to)
        frontier.sends(url for url in known.scripted if url not in known.named)
        self._named.update(dict.fromkeys(known.named))
        for url in (*known.refused, *sorted(known.given)):
            frontier.offer((url,), known.sources[url], 1)
        frontier.offer(known.named, "script", 1)

    def guess(self) -> bool:
        """Ask where parts of addresses lead that stand apart in scripts; whether there are any not yet asked.

        What is a picture or script to strangers by itself is part of nothing.
        """
        whole = self._known.assets.union(self._known.scripted)
        self.frontier.offer(composed(url for url in self._named if url not in whole), "guess", 1)
        return bool(self.frontier.queue)

    def claim(self, claimed: set[str], not_for_all: set[str]) -> bool:
        """Take up what nobody has asked yet, or others in vain; whether there is any.

        Args:
            claimed: the assets that others ask for; scripts, styles and pictures are the same for all.
            not_for_all: public addresses that showed somebody more than strangers get.
        """
        found, self._assets = self._assets, {}
        self.frontier.ask_too(not_for_all)
        for url, depth in found.items():
            if url not in claimed:
                claimed.add(url)
                self.frontier.offer((url,), "load", depth)
        return bool(self.frontier.queue)

    def follow(self, wanted: Wanted, seen: Seen) -> None:
        """Take up where an answer leads."""
        outcome, frontier = seen.visit.outcome, self.frontier
        if isinstance(outcome, Unvisited) or is_nothing(wanted, outcome):
            return
        before = frontier.taken
        self._go_on(seen, wanted.depth + 1)
        led_on = frontier.taken > before
        if led_on:
            frontier.release(wanted.shape)
        frontier.answered(wanted.url, outcome.exchange.digest)
        leads_on = 300 <= outcome.exchange.status < 400  # and is followed, but shows nothing
        shows_other = not seen.as_strangers and not leads_on
        if wanted.url in self._known.public and (led_on or shows_other):
            self.not_for_all.add(wanted.url)

    def _go_on(self, seen: Seen, depth: int) -> None:
        """Offer all addresses that an answer names, those first of which it is known what they are."""
        frontier, links, parsed = self.frontier, seen.links, seen.visit.parsed
        frontier.sends(links.sent_to)
        frontier.sends(url for url in links.scripted if url not in links.named)
        frontier.offer(links.follow, "link", depth)
        frontier.offer((url for url in parsed.links if url not in links.anchors), "link", depth)
        if seen.visit.answer_led_to.startswith("https://"):
            frontier.offer((seen.visit.answer_led_to,), "link", depth)
        frontier.offer(links.searches, "form", depth)
        frontier.offer(links.named, "script", depth)
        frontier.offer(links.guesses, "guess", depth)
        for url in parsed.loads:
            if frontier.ours(url) and _ASSET.search(urlsplit(url).path):
                self._assets.setdefault(without_defaults(url), depth)
            else:
                frontier.offer((url,), "load", depth)
        self._named.update(links.named)
        for url, reason in links.left_out.items():
            if frontier.ours(url):
                frontier.leave(without_defaults(url), reason)


def is_nothing(wanted: Wanted, page: Page) -> bool:
    """Whether it was a guess, and a wrong one."""
    return wanted.source == "guess" and page.exchange.status >= 400
