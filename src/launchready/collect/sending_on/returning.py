"""What an answer does with a return address: follows an own page, leads to another host, runs a script, or nothing."""

from collections.abc import Iterable, Mapping

from launchready.collect.sending_on.evading import Evasion, is_elsewhere
from launchready.collect.sending_on.leading import Lead, leads, read_address
from launchready.evidence.callbacks import Leading
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.http import Answer

_NEVER_RUN = ("location", "refresh", "meta")
"""Ways in which browsers do not follow javascript: addresses."""
_CLICKED = ("link", "form")


class Returning:
    """Reads answers of one portal.

    Attributes:
        registered: the domain that somebody registered for it; empty where there is none.
    """

    def __init__(self, wire: Wire, site: Site, registered: str) -> None:
        self._wire, self._site = wire, site
        self.registered = registered

    def honoured(self, answers: Iterable[Answer], own: Mapping[str, str]) -> tuple[Leading, str] | None:
        """The first answer that leads by itself to one of these own pages, and the parameter that named it.

        Args:
            answers: in order.
            own: parameter by the page given in it.
        """
        for answer in answers:
            base = self._wire.http.address_of(answer.exchange.url)
            wanted = {_place(base, value): value for value in own}
            for lead in leads(answer, shown=False):
                if value := wanted.get(_place(base, lead.written)):
                    return Leading("an own page", value, "own", lead.how, answer.exchange), own[value]
        return None

    def worst(self, answers: tuple[Answer, ...], evasion: Evasion) -> Leading:
        """The worst that any of these answers does with a value that names another host."""
        read = [
            (answer, lead, self._kind(answer, lead, evasion)) for answer in answers for lead in leads(answer)
        ]
        acting = [
            each
            for each in read
            if each[2] == "script" or (each[2] == "outside" and each[1].how not in _CLICKED)
        ]
        offered = [each for each in read if each[2] == "outside" and each[1].how == "link"]
        followed = [
            each
            for each in read
            if each[0] is answers[0] and each[1].how not in _CLICKED and each[2] != "nowhere"
        ]
        for answer, lead, kind in (*acting, *offered, *followed):
            return Leading(evasion.says, evasion.value, kind, lead.how, answer.exchange)
        return Leading(evasion.says, evasion.value, "nowhere", "", answers[-1].exchange)

    def _kind(self, answer: Answer, lead: Lead, evasion: Evasion) -> str:
        base = self._wire.http.address_of(answer.exchange.url)
        reading = read_address(base, lead.written)
        if not reading.host:
            runs = reading.scheme == "javascript" and lead.how not in _NEVER_RUN
            return "script" if runs and reading == read_address(base, evasion.value) else "nowhere"
        if is_elsewhere(reading.host, self.registered):
            return "outside"
        return "own" if reading.host in self._site.hosts else "elsewhere"


def acts(leading: Leading) -> bool:
    """Whether this settles it: a browser goes elsewhere by itself, or a click runs a script."""
    return leading.leads == "script" or (leading.leads == "outside" and leading.how not in _CLICKED)


def _place(base: str, written: str) -> tuple[str, str]:
    reading = read_address(base, written)
    return reading.host, reading.path
