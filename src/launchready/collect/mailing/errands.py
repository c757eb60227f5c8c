"""What there is to do for each mail and mailbox: ask for a reset, do what a [[mail]] says, or tell somebody."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from launchready.collect._gaps import gap
from launchready.collect.forgetting.pages import Entry, find_entry, login_page
from launchready.collect.mailing.causing import AskedFor, Caused, Fill, cause, cause_reset
from launchready.collect.mailing.expecting import RESET, Expected, new_tag, tagged
from launchready.collect.people import People
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.site.identities import Identity
from launchready.site.services import Mail, Mailbox
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.hands import Hands

BY_HAND = "by hand"


@dataclass(slots=True)
class Errand:
    """One thing to do, and the mails that come of it."""

    expected: tuple[Expected, ...]
    do: Callable[[], Awaitable[Caused]]
    patience: float


@dataclass(slots=True)
class Errands:
    """All errands of one drill.

    Attributes:
        people: the run's.
        expected: every mail to every mailbox; what cannot be asked for has its reason.
    """

    people: People
    expected: list[Expected] = field(default_factory=list)
    _entry: Entry | Missing | None = None
    _finding: asyncio.Lock = field(default_factory=asyncio.Lock)

    def of(self, boxes: tuple[Mailbox, ...], *, only_reset: bool = False) -> Iterator[Errand]:
        """What there is to do; what cannot be done is among the expected with its reason."""
        refused = self._refused()
        site = self.people.site
        kinds = dict.fromkeys((*site.email.kinds, *(mail.kind for mail in site.mails)))
        for kind in (RESET,) if only_reset else kinds:
            described = [mail for mail in site.mails if mail.kind == kind]
            for mail in described:
                to = tuple(box for box in boxes if not mail.to or box.name in mail.to)
                if not (mail.steps or mail.request):
                    yield from self._by_hand(kind, to, mail.subject)
                elif refused:
                    self._untried(kind, to, refused)
                else:
                    yield from self._by_recipe(mail, to)
            if kind == RESET and not described:
                yield from self._resets(boxes, refused)
            elif not described:
                yield from self._by_hand(kind, boxes, "")

    def _refused(self) -> Missing | None:
        try:
            self.people.wire.gate.check(self.people.site.portal.url, Touch.PROBE)
        except WireError as error:
            return gap(error, "the portal was not made to send mail")
        return None

    def _by_recipe(self, mail: Mail, to: tuple[Mailbox, ...]) -> Iterator[Errand]:
        said = " ".join((mail.request or "", mail.body, *(str(step.model_dump()) for step in mail.steps)))
        groups = [(box,) for box in to] if "{address}" in said else [to] if to else []
        for group in groups:
            tag = new_tag()
            address = tagged(group[0], tag) if "{address}" in said else ""
            expected = tuple(
                self._expect(
                    Expected(
                        mail.kind,
                        box,
                        address=address or box.address,
                        tag=tag,
                        tells="{tag}" in said or ("{address}" in said and box.plus),
                        subject=mail.subject,
                        asked_by=mail.identity or "a stranger",
                    )
                )
                for box in group
            )
            fill = Fill(address, tag)
            yield Errand(expected, partial(cause, self.people, mail, fill), self.people.site.email.wait)

    def _resets(self, boxes: tuple[Mailbox, ...], refused: Missing | None) -> Iterator[Errand]:
        for box in boxes:
            own = [each for each in self.people.site.identities if each.mailbox == box.name]
            fitting = [each for each in own if each.test and each.username]
            why = refused or (None if fitting else _nobody(box, own))
            expected = self._expect(Expected(RESET, box, address=box.address, why=why))
            if why is None:
                expected.asked_by = fitting[0].name
                do = partial(self._reset, fitting[0], box)
                yield Errand((expected,), do, self.people.site.email.wait)

    async def _reset(self, identity: Identity, box: Mailbox) -> Caused:
        entry = await self._way_to_reset()
        return entry if isinstance(entry, Missing) else await cause_reset(self.people, entry, identity, box)

    async def _way_to_reset(self) -> Entry | Missing:
        """Where a reset is asked for; looked for once."""
        async with self._finding:
            if self._entry is None:
                self._entry = await self._found_way()
            return self._entry

    async def _found_way(self) -> Entry | Missing:
        try:
            login = await login_page(self.people.wire, self.people.site, self.people, ())
            entry = await find_entry(self.people.wire, self.people.site, login)
        except WireError as error:
            return gap(error, "where a reset is asked for was not found")
        if entry.url and not entry.scripted:
            return entry
        told = (
            "asking for a reset is a script's work there"
            if entry.scripted
            else "no way to ask for a reset was found"
        )
        settle_by = "name the page in [login] forgot, or describe it in a [[mail]] of kind password-reset"
        return entry.why or Missing(Cause.NOT_COLLECTED, told, settle_by)

    def _by_hand(self, kind: str, to: tuple[Mailbox, ...], subject: str) -> Iterator[Errand]:
        hands = self.people.wire.hands
        if hands is None:
            told = "nothing says how the portal is made to send this mail"
            settle_by = (
                f"describe it in a [[mail]] of kind {kind}, or run `launchready drill mail --by-hand`;"
                " leave out of [email] kinds what the portal does not send"
            )
            self._untried(kind, to, Missing(Cause.NOT_COLLECTED, told, settle_by))
            return
        for box in to:
            expected = self._expect(
                Expected(
                    kind,
                    box,
                    address=tagged(box, tag := new_tag()),
                    tag=tag,
                    tells=True,
                    subject=subject,
                    asked_by=BY_HAND,
                )
            )
            yield Errand((expected,), partial(_asked, hands, expected), hands.patience)

    def _untried(self, kind: str, to: tuple[Mailbox, ...], why: Missing) -> None:
        for box in to:
            self._expect(Expected(kind, box, address=box.address, why=why))

    def _expect(self, expected: Expected) -> Expected:
        self.expected.append(expected)
        return expected


async def _asked(hands: Hands, expected: Expected) -> Caused:
    how = f" (write {expected.tag} where the mail shows it)" if not expected.mailbox.plus else ""
    hands.ask(f"have the portal send a mail of kind {expected.kind} to {expected.address}{how}")
    return AskedFor(monotonic())


def _nobody(box: Mailbox, own: list[Identity]) -> Missing:
    if own:
        told = f"{own[0].name}, whose mailbox {box.name} is, is no test account with a username"
        return Missing(Cause.NO_CONSENT, told, "set test = true at its [[identity]] if it is one")
    told = f"no identity has the mailbox {box.name}, so nobody's password could be forgotten"
    return Missing(Cause.NOT_COLLECTED, told, f'give a test [[identity]] mailbox = "{box.name}"')
