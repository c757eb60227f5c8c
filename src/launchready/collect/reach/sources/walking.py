"""A browser goes where an identity's pages lead, and what their scripts ask on the way is written down.

Only what reads is clicked, by all that its words say. Once buttons are pressed, whatever would send something is held back
at the gate: it becomes known that way, and is not done.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.frontier import changes_something
from launchready.collect.links import read_links
from launchready.collect.people import words
from launchready.collect.people.forms import Form, read_forms
from launchready.collect.reach import machinery
from launchready.collect.reach.sources import graphql
from launchready.collect.reach.sources.script_forms import has_script_form
from launchready.collect.shape import Shapes
from launchready.collect.wording import address_says, label_says
from launchready.errors import Unreachable
from launchready.evidence.http import Exchange
from launchready.site import Site
from launchready.wire.fields import SeenField
from launchready.wire.form_filling import fill_in, scripted_forms
from launchready.wire.observed import Told
from launchready.wire.profile import Profile
from launchready.wire.tab import Tab

_MOST_PAGES = 12
_MOST_CLICKS = 30
_MOST_BUTTONS = 8
_MOST_FORMS = 8
_BUTTONS_EACH = 4
_LONGEST_LABEL = 40
_EACH = 2
"""Pages in one folder that links are followed to: what has a name for an id is one of many."""
_SILENT = 5
"""Pages in a row whose scripts ask for nothing new, after which no further ones are opened."""
_LOADS = 2
"""Links in a row that load whole documents: those the crawl has followed already, and better."""
_SECONDS = 45.0
"""For all of a walk, on a machine or a portal that is too busy for what is a matter of a few seconds."""
_QUIET, _REST = 0.2, 3.0
_SETTLE = 0.05
_PICTURES = re.compile(r"\.(?:ico|png|jpe?g|gif|webp|avif|woff2?|ttf|otf|mp4|webm)$", re.IGNORECASE)
_SAFE = ("GET", "HEAD", "OPTIONS")
_HTML = (("content-type", "text/html; charset=utf-8"),)

Key = tuple[str, str, bytes]
"""Method, address and body: one request."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request of a page's scripts, or held back: on which page."""

    told: Told
    page: str

    @property
    def key(self) -> Key:
        """What makes it the same request as another."""
        return key_of(self.told.method, self.told.url, self.told.sent)

    def is_more_than(self, known: Mapping[Key, int]) -> bool:
        """Whether it is new, or was answered with more bytes than before: some frameworks ask for a frame first."""
        return len(self.told.body) > known.get(self.key, -1)


@dataclass(slots=True)
class Walk:
    """One identity's way through the portal in one tab.

    Attributes:
        heard: requests to hosts in scope, in order.
        fills_in: whether forms that only scripts send are filled in, and buttons pressed that change something, to learn
            what they send; that is held back as well.
        forms: forms of the pages as scripts made them, each with the page's address.
        scripted: pages with forms that only a script sends, with ids left out.
        heard_out: those of them that were filled in, and sent something.
        left: whether there was more to see than time for it.
    """

    site: Site
    profile: Profile
    tab: Tab
    fills_in: bool = False
    heard: list[Heard] = field(default_factory=list)
    forms: list[tuple[str, Form]] = field(default_factory=list)
    scripted: set[str] = field(default_factory=set)
    heard_out: set[str] = field(default_factory=set)
    left: bool = False
    _shapes: Shapes = field(default_factory=Shapes)
    _been: set[str] = field(default_factory=set)
    _inside: Counter[str] = field(default_factory=Counter)
    _links: dict[str, str] = field(default_factory=dict)
    _buttons: dict[str, str] = field(default_factory=dict)
    _unsent: dict[tuple[str, str], str] = field(default_factory=dict)
    _acting: dict[tuple[str, str], str] = field(default_factory=dict)
    _has_socket: bool = False
    _loaded: bool = False
    _end: float = 0.0

    async def go(self, starts: Iterable[str]) -> None:
        """Open these pages, as long as scripts ask for something there; then follow their links and press their buttons.

        Raises:
            NoBrowserError: Chromium stopped.
        """
        self._end = asyncio.get_running_loop().time() + _SECONDS
        self.tab.hears_scripts = True
        self.profile.holds_back = lambda _method, url, _body: _is_picture(url)
        self.tab.forget()
        talking: list[str] = []
        silent = 0
        for url in list(starts)[:_MOST_PAGES]:
            if silent >= _SILENT or self._is_late():
                break
            self._been.add(self._shapes.of(_route(url)))
            silent += 1
            if await self._open(url):
                silent = 0
                talking.append(self.tab.url)
                await self._look_for_links()
        if talking:
            await self._follow(talking[0])
            await self._press()
            await self._fill_in()
            await self._act()

    def _is_late(self) -> bool:
        late = asyncio.get_running_loop().time() > self._end
        self.left = self.left or late
        return late

    async def _open(self, url: str) -> bool:
        """Load a page; whether its scripts asked for anything new."""
        self._has_socket = False
        try:
            await self.tab.load(url, self.site.crawl.timeout)
        except Unreachable:
            return False
        return await self._listen()

    async def _listen(self) -> bool:
        """Let the page do what it does, and take down what its scripts asked; whether any of it is new."""
        await asyncio.sleep(_SETTLE)
        await self.tab.rest(_QUIET, _REST)
        await self.tab.listened()
        page = self.tab.url.partition("#")[0]
        self._has_socket = self._has_socket or bool(self.tab.sockets)
        self._loaded = any(answer.main for answer in self.tab.answers)
        found = [each for each in self.tab.told if self._is_theirs(each)]
        known = {each.key: len(each.told.body) for each in self.heard}
        more = [each for each in (Heard(each, page) for each in found) if each.is_more_than(known)]
        self.heard += more
        self.tab.forget()
        return any(each.key not in known for each in more)

    def _is_theirs(self, told: Told) -> bool:
        """Whether a page's scripts asked the portal for something that is no page."""
        kind = next((value for name, value in told.answer_headers if name.lower() == "content-type"), "")
        return not told.main and self._is_ours(told.url) and not machinery.draws_page(told.method, kind)

    def _is_ours(self, url: str) -> bool:
        return (urlsplit(url).hostname or "") in (*self.site.hosts, *self.site.scope.hosts)

    async def _look_for_links(self) -> None:
        """Note links of kinds of pages where nobody was yet."""
        text = await self.tab.content()
        tree = LexborHTMLParser(text)
        self.forms += ((self.tab.url, form) for form in read_forms(tree, self.tab.url))
        if has_script_form(tree):
            self.scripted.add(self._kind_of(self.tab.url))
        content = text.encode("utf-8", "replace")
        page = Exchange("GET", "", 200, _HTML, len(content), truncated=False, digest="", address="")
        left_out = read_links(content, page, self.tab.url).left_out
        new: dict[str, str] = {}
        for written, full, said in await self.tab.links("body"):
            url = _route(full)
            if not url.startswith("http") or not self._is_ours(url) or full.partition("#")[0] in left_out:
                continue
            if changes_something(url) or address_says(url) or label_says(said, url):
                continue
            shape = self._shapes.of(url)
            folder = urlsplit(shape).path.rpartition("/")[0]
            if shape not in self._been and (not folder or self._inside[folder] < _EACH):
                self._been.add(shape)
                self._inside[folder] += 1
                new[full] = written
        self._links = {**new, **self._links}  # those of this page first, as they can be clicked here
        await self._look_for_buttons()

    async def _follow(self, start: str) -> None:
        """Click links, those found on the way too, until they lead where documents are loaded whole."""
        clicks = loads = 0
        while self._links and loads < _LOADS and not self._is_late():
            if (clicks := clicks + 1) > _MOST_CLICKS:
                self.left = True
                break
            url = next(iter(self._links))
            written = self._links.pop(url)
            clicked = await self.tab.follow(written)
            await (self._listen() if clicked else self._open(url))
            if clicked:
                loads = loads + 1 if self._loaded else 0
            if not self._is_ours(self.tab.url):
                await self._open(start)
                continue
            await self._look_for_links()

    async def _press(self) -> None:
        """Press buttons that read as if they showed something; what they would send is held back."""
        usual = {each.key for each in self.heard}

        def holds_back(method: str, url: str, body: str) -> bool:
            if method in _SAFE:
                return _is_picture(url) or bool(address_says(url))
            sent = body.encode("utf-8", "surrogatepass")
            return key_of(method, url, sent) not in usual and not graphql.queried(method, url, sent)

        self.profile.holds_back = holds_back
        for label, page in list(self._buttons.items())[:_MOST_BUTTONS]:
            if self._is_late():
                break
            if self.tab.url != page:
                await self._open(page)
            if (found := await self._button(label)) is not None and await found.click():
                await self._listen()

    async def _fill_in(self) -> None:
        """Fill in forms that have no address and press their buttons: what they would send is held back, as in `_press`.

        Not where a page has a socket open: what goes through that cannot be held back.
        """
        for (_, says), page in list(self._unsent.items())[:_MOST_FORMS]:
            if self._is_late():
                break
            await self._open(page)
            forms = await scripted_forms(self.tab.page)
            found = next((each for each in forms if each.says == says), None)
            if found is not None and not self._has_socket and await fill_in(self.tab.page, found):
                known = len(self.heard)
                await self._listen()
                if any(each.told.method not in _SAFE for each in self.heard[known:]):
                    self.heard_out.add(self._kind_of(page))

    async def _act(self) -> None:
        """Press buttons that read as if they changed something, and hold back all that they would send."""
        self.profile.holds_back = lambda method, _url, _body: method != "OPTIONS"
        for (_, label), page in list(self._acting.items())[:_MOST_BUTTONS]:
            if self._is_late():
                break
            self.profile.holds_back, holding = None, self.profile.holds_back
            await self._open(page)
            self.profile.holds_back = holding
            if not self._has_socket and (found := await self._button(label)) is not None:
                self.tab.says_yes = True
                await found.click()
                await self._listen()
                self.tab.says_yes = False

    def _kind_of(self, page: str) -> str:
        return self._shapes.of(_route(page)).partition("?")[0]

    async def _button(self, label: str) -> SeenField | None:
        seen = (await self.tab.sight(self.site.hosts)).fields
        return next((each for each in seen if each.kind == "button" and each.says == label), None)

    async def _look_for_buttons(self) -> None:
        """Note buttons that stand in no form and do not read as if they changed anything."""
        page = self.tab.url
        if self.fills_in:
            for form in await scripted_forms(self.tab.page):
                self._unsent.setdefault((self._shapes.of(_route(page)), form.says), page)
        beside_a_record = page.partition("?")[0].rstrip("/") + "/1/x"
        fresh = 0
        for each in (await self.tab.sight(self.site.hosts)).fields:
            pressable = each.kind == "button" and each.enabled and not each.submits and each.form[1] < 0
            if not pressable or not 0 < len(each.says) <= _LONGEST_LABEL or each.says in self._buttons:
                continue
            rest = words.FETCHING.sub(" ", each.says).strip()
            if not label_says(rest, beside_a_record) and not words.ENDING.search(rest):
                self._buttons[each.says] = page
                if (fresh := fresh + 1) >= _BUTTONS_EACH:
                    break
            elif self.fills_in and not words.LOGOUT.search(rest):
                self._acting.setdefault((self._shapes.of(_route(page)), each.says), page)


def key_of(method: str, url: str, sent: bytes) -> Key:
    """What makes a request the same as another: not what a framework adds for itself, as that is new each time."""
    return method, machinery.without(url), sent


def _is_picture(url: str) -> bool:
    """Whether an address is that of what is only looked at; it is not loaded."""
    return bool(_PICTURES.search(urlsplit(url).path))


def _route(address: str) -> str:
    """The address of a page, where that stands behind a # too, as a path."""
    page, _, fragment = address.partition("#")
    route = fragment.removeprefix("!")
    return f"{page.partition('?')[0].rstrip('/')}/{route.lstrip('/')}" if route.startswith("/") else page
