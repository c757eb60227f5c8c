"""The drill itself: have each kind of mail sent to each mailbox, all at once, wait for them, and read what came."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial

from launchready.collect._gaps import gap
from launchready.collect.mailing.errands import Errand, Errands
from launchready.collect.mailing.expecting import Expected, Expecting
from launchready.collect.mailing.links import Links
from launchready.collect.people import People
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.letters import Delivery, Letter, MailDrill
from launchready.mailauth import letter as letters
from launchready.mailauth.known import Known
from launchready.site import Site
from launchready.site.services import Mailbox
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.imap import Landed

_NO_MAILBOX = Missing(
    Cause.NOT_COLLECTED,
    "the portal file names no mailbox, so nobody can see where its mail arrives",
    "add a [[mailbox]] for each provider you care about, with imap_host, username and password",
)


@dataclass(slots=True)
class Drill:
    """One drill.

    Attributes:
        only: the one identity whose mailbox is looked at, for its password reset alone; empty for the whole drill.
    """

    wire: Wire
    site: Site
    people: People
    only: str = ""
    _all: list[Expected] = field(default_factory=list)

    async def go(self) -> MailDrill:
        """Do all of it. What goes wrong is in the result.

        Raises:
            StoreError: the journal cannot be written.
        """
        boxes = self._boxes()
        if not boxes:
            return MailDrill(gaps=(_NO_MAILBOX,))
        planned = Errands(self.people, self._all)
        if errands := list(planned.of(boxes, only_reset=bool(self.only))):
            async with AsyncExitStack() as stack:
                looked_at = {each.mailbox.name: each.mailbox for e in errands for each in e.expected}
                places = await self._open(stack, looked_at.values())
                await asyncio.gather(*(self._run(errand, places) for errand in errands))
                await asyncio.gather(*(place.close() for place in places.values()))
        deliveries = await self._read()
        return MailDrill(tuple(box.name for box in boxes), deliveries)

    def _boxes(self) -> tuple[Mailbox, ...]:
        if not self.only:
            return self.site.mailboxes
        wanted = {each.mailbox for each in self.site.identities if each.name == self.only}
        return tuple(each for each in self.site.mailboxes if each.name in wanted)

    async def _open(self, stack: AsyncExitStack, boxes: Iterable[Mailbox]) -> dict[str, Expecting]:
        """The mailboxes, looked at from now on; one that cannot be is told at what was expected there."""
        places: dict[str, Expecting] = {}

        async def opened(box: Mailbox) -> None:
            try:
                places[box.name] = Expecting(
                    self.site, await stack.enter_async_context(self.wire.imap.watch(box))
                )
            except WireError as error:
                for each in self._all:
                    if each.mailbox.name == box.name and each.why is None:
                        each.why = gap(error)

        await asyncio.gather(*map(opened, boxes))
        return places

    async def _run(self, errand: Errand, places: dict[str, Expecting]) -> None:
        """Ask for it, and wait for what comes of it."""
        expected = sorted(
            (each for each in errand.expected if each.mailbox.name in places), key=lambda e: e.mailbox.name
        )
        if not expected:
            return
        async with AsyncExitStack() as turns:
            for each in expected:
                await turns.enter_async_context(places[each.mailbox.name].turn(each))
            caused = await errand.do()
            for each in expected:
                if isinstance(caused, Missing):
                    each.why = caused
                else:
                    each.asked_at, each.doubt = caused.at, caused.doubt
            if not isinstance(caused, Missing):
                await asyncio.gather(
                    *(self._wait(places[each.mailbox.name], each, errand.patience) for each in expected)
                )

    async def _wait(self, place: Expecting, expected: Expected, patience: float) -> None:
        try:
            await place.wait(expected, patience)
        except WireError as error:
            expected.why = gap(error)

    async def _read(self) -> tuple[Delivery, ...]:
        """What came, as evidence."""
        known = Known()
        came = [(each, landed) for each in self._all for landed in each.landed]
        evaluations = [_evaluation(each, landed) for each, landed in came]
        await self.wire.dns.settle(known, *evaluations)
        links = Links(self.wire, self.site)
        found: dict[int, list[Letter]] = {}
        for (each, landed), evaluate in zip(came, evaluations, strict=True):
            letter = known.tried(evaluate)
            if letter is not None:
                whole = await links.followed(landed.message.raw, letter, each.kind, each.address)
                found.setdefault(id(each), []).append(whole)
        deliveries = [
            Delivery(
                kind=each.kind,
                mailbox=each.mailbox.name,
                provider=each.mailbox.provider,
                asked_by=each.asked_by,
                letters=tuple(found.get(id(each), ())),
                why=None if each.landed else each.why or each.doubt,
                waited=0.0 if each.landed else round(each.waited, 1),
            )
            for each in self._all
        ]
        return tuple(sorted(deliveries, key=lambda each: (each.kind, each.mailbox)))


def _evaluation(expected: Expected, landed: Landed) -> Callable[[Known], Letter]:
    return partial(
        letters.read,
        landed.message.raw,
        provider=expected.mailbox.provider,
        address=expected.address,
        arrived=landed.message.arrived,
        folder=landed.place,
        seconds=round(landed.at - expected.asked_at, 1),
    )
