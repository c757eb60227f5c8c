"""Records of our own: made through an operation that their owner is offered, and removed again. Raw."""

import secrets
from collections.abc import Iterable, Mapping
from functools import partial

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.binding import bind
from launchready.collect.reach.writing.canary import Canary, ids_in, shows
from launchready.collect.reach.writing.filling import Filled, Filler
from launchready.collect.reach.writing.finding import Finding
from launchready.collect.reach.writing.learning import Learned
from launchready.collect.reach.writing.never import removes, why_never
from launchready.collect.reach.writing.operations import Operation, in_page, route
from launchready.collect.reach.writing.several import for_record
from launchready.collect.reach.writing.strays import Strays
from launchready.collect.wording import address_says
from launchready.evidence import Missing
from launchready.wire.http import Answer

_OK = 200
_SURELY = 2
"""As `never.removes` has it: its words say so, or its method."""
_MOST_PAGES = 8
"""Pages of one party that are read for what can be done to a record."""


class Canaries:
    """Makes and removes them; whatever is made stands in `made` until the end."""

    def __init__(self, acting: Acting, learned: Learned, fillers: Mapping[str, Filler]) -> None:
        self.acting = acting
        self.learned = learned
        self.finding = Finding(acting, learned)
        self.strays = Strays(acting, learned)
        self._fillers = fillers
        self.made: list[Canary] = []
        self.found_late: list[str] = []
        self.last_status = 0
        self.form_again = False
        self._run = secrets.token_hex(4)

    def filler_of(self, party: str) -> Filler:
        """What is valid for this party."""
        return self._fillers.get(party) or Filler()

    def new_mark(self) -> str:
        """A word that stands nowhere else."""
        return f"canary-{self._run}{len(self.made):02d}{secrets.token_hex(2)}"

    async def make(
        self,
        creation: Operation,
        owner: str,
        ready: Filled | None = None,
        mark: str = "",
        like: Canary | None = None,
    ) -> Canary | Missing | None:
        """Make one as its owner and find it; None where nothing came of it that could be found.

        Args:
            creation: by which it is made.
            owner: who makes it.
            ready: with other values than usual, the mark among them.
            mark: that one.
            like: an earlier one of the same making: what is known of it holds for this one.
        """
        if ready is not None:
            return await self._made(creation, owner, ready, mark, like)
        filler, made = self.filler_of(owner), None
        for once in (False, True):
            mark = self.new_mark()
            ready = filler.fill(creation, mark, once=once)
            refused = once and (self.form_again or self.last_status >= 400)
            if not once or (made is None and refused and ready.values != filler.fill(creation, mark).values):
                made = await self._made(creation, owner, ready, mark, like)
        return made

    async def _made(
        self, creation: Operation, owner: str, ready: Filled, mark: str, like: Canary | None
    ) -> Canary | Missing | None:
        canary = Canary(owner, mark, creation)
        lists = self.finding.lists_of(owner, creation)
        if (
            like is not None
        ):  # what others were shown of its kind at the beginning is enough to know what is new
            lists = tuple(like.lists)[:1] if like.made_by == owner else ()
        await self.finding.look_before(canary, lists)
        before = canary.before
        self.made.append(canary)
        sent = await self.acting.send(owner, ready, canary.mark)
        if isinstance(sent, Missing):
            self.made.remove(canary)
            return sent
        canary.sent, self.last_status = sent[0].exchange, sent[0].exchange.status
        shown = Page(creation.url, sent[-1])
        self.form_again = shown.is_html and any(form.action == creation.url for form in shown.forms)
        if like is not None and await self.finding.find_alike(canary, like, before, sent):
            return canary
        made = sent[0].exchange.status < 400 and not _is_told(shown, mark)
        await self.finding.find(canary, owner, before, sent, everywhere=made)
        if not canary.views:
            self.made.remove(canary)  # nothing was made, it seems
            self.strays.add(canary, frozenset((owner,)), partial(self._adopt, canary))
            return None
        return canary

    async def _adopt(self, canary: Canary, shown_to: frozenset[str]) -> None:
        """One that is there after all: it is to be removed like all others."""
        if shown_to:
            self.found_late.append(canary.creation.template())
            self.made.append(canary)
            await self.finding.find(canary, canary.owner, canary.before)
            await self.read_operations(canary, (canary.owner,))

    async def exists(self, canary: Canary) -> bool:
        """Whether its owner still sees it."""
        for _ in range(2):  # the first look may still be told what has just become of it
            pages = await self.acting.look_all(canary.owner, tuple(canary.own) or canary.views)
            if pages and all(page is not None and not shows(page, canary.mark) for page in pages):
                return False
        return True

    async def read_operations(self, canary: Canary, viewers: Iterable[str]) -> None:
        """What can be done to it, as far as these parties are offered it, or a document says."""
        found: dict[tuple[object, ...], Operation] = {}
        read = {party: await self._pages_about(canary, party) for party in viewers}
        for party, about in read.items():
            found |= _offered(canary, party, about)
        if not any(removes(each) >= _SURELY for each in found.values()):
            lists = await self.finding.where_removed(canary)
            found = _offered(canary, canary.owner, lists) | found
        pages = {route(page.url, canary.ids) for about in read.values() for page in about}
        offered = {each.template(canary.ids) for each in found.values()}
        for each in self.learned.operations:
            if not why_never(each):
                bound = await bind(self.acting, canary, each)
                if bound is None:
                    continue
                name = bound.template(canary.ids)
                if each.from_page and route(each.page) in pages and name not in offered:
                    canary.elsewhere.append(bound)  # such pages were read for this one, and do not offer it
                    continue
                found.setdefault((each.party, name, each.names), bound)
        canary.operations = list(found.values())

    async def _pages_about(self, canary: Canary, party: str) -> list[Page]:
        """Pages that show it to a party, and those about it to which they lead, as a form to change it."""
        seen: dict[str, Page] = {}
        for url in dict.fromkeys((*canary.views, *self.finding.lists_of(party, canary.creation))):
            page = await self.acting.look(party, url)
            if page is not None and page.is_html and page.status == 200 and shows(page, canary.mark):
                seen[url] = page
        links = [link.url for page in seen.values() for link in page.links]
        about = [url for url in dict.fromkeys(links) if url not in seen and set(ids_in(url)) & canary.ids]
        for url in [each for each in about if not address_says(each)][:_MOST_PAGES]:
            page = await self.acting.look(party, url)
            if page is not None and page.is_html and page.status == 200:
                seen[url] = page
        return list(seen.values())

    @staticmethod
    def behind(
        canary: Canary, link: Operation, party: str, sent: tuple[Answer, ...] | Missing
    ) -> list[Operation]:
        """What a page offers to which a link led: whether one means it, say."""
        if isinstance(sent, Missing) or sent[-1].exchange.status >= 400:
            return []
        page = Page(link.url if len(sent) == 1 else sent[-2].location, sent[-1])
        offered = [each for each in in_page(page, party) if each.method != "GET"]
        return [each for each in offered if canary.is_subject_of(each) and not why_never(each)]

    async def remove(self, canary: Canary, removers: Iterable[str]) -> bool:
        """Remove it through whatever its owner or another test identity is offered, and see that it is gone."""
        if canary.removed:
            return True
        allowed = {canary.owner, *removers}
        ways = [
            each for each in canary.operations if removes(each) and (not each.party or each.party in allowed)
        ]
        ways.sort(key=lambda o: (-removes(o), o.party != canary.owner, o.template()))
        for way in ways:  # which grow by what a page asks that a link leads to
            party = way.party or canary.owner
            ready = self.filler_of(canary.owner).fill(way, canary.text(), keep=True)
            sent = await self.acting.send(party, ready)
            if way.method == "GET":
                ways += [
                    each
                    for each in self.behind(canary, way, party, sent)
                    if removes(each) or each.url == way.url
                ]
            if not await self.exists(canary):
                canary.removed = True
                canary.says = f"removed by {way.template(canary.ids)}, and seen to be gone"
                return True
        canary.says = "no operation that was offered removed it"
        return False


def _offered(canary: Canary, party: str, pages: Iterable[Page]) -> dict[tuple[object, ...], Operation]:
    """What these pages offer a party to do to a record."""
    found: dict[tuple[object, ...], Operation] = {}
    for page in pages:
        for one in in_page(page, party):
            each = one if canary.is_subject_of(one) else for_record(one, canary)
            if each is not None and not why_never(each):
                found.setdefault((party, each.template(canary.ids), each.names), each)
    return found


def _is_told(page: Page, mark: str) -> bool:
    """Whether data was answered to a question: JSON in which nothing is said of what was sent."""
    return page.data is not None and page.status == _OK and not shows(page, mark)
