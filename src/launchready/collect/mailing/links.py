"""Where the links of a letter lead: followed by nobody in particular, within the scope, and so that nothing is set off.

A link with a token is opened as it is only in mails that let somebody in, whose link shows a form: the test account
asked for it and nobody else waits for it. In other mails opening it might already act, so it is tried with a made-up
token. What unsubscribes is never opened, nor is an image loaded.
"""

from urllib.parse import urlsplit

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from launchready.collect._gaps import gap
from launchready.collect.forgetting.mail import bits
from launchready.collect.forgetting.pages import setting_form
from launchready.collect.mailing.found_links import FEWEST_BITS, LETS_IN, FoundLink, links_in
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.letters import Letter, LetterLink
from launchready.evidence.public_suffix import registrable
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

MOST = 12
"""Links of one letter that are followed."""


class Links:
    """Follows the links of letters; what stands in many of them, as a footer does, is asked once."""

    def __init__(self, wire: Wire, site: Site) -> None:
        self._wire, self._site = wire, site
        self._owners = {registrable(host) or host for host in site.hosts}
        self._ends: dict[str, tuple[Answer, ...]] = {}

    async def followed(self, raw: bytes, letter: Letter, kind: str, address: str) -> Letter:
        """The letter with its links, and where they led.

        Args:
            raw: the message.
            letter: what was read of it.
            kind: of mail, as `Delivery.kind`.
            address: that it was asked for.
        """
        found = links_in(raw, kind, self._site.hosts, address)
        return replace(
            letter, links=tuple([await self._link(each, kind, at) for at, each in enumerate(found)])
        )

    async def _link(self, link: FoundLink, kind: str, at: int) -> LetterLink:
        if link.secret is not None and bits(link.secret.value) >= FEWEST_BITS:
            self._wire.redact.learn(link.secret.value)  # shorter ones stand in queries, which are never shown
        third_party = (
            link.host not in self._site.hosts and (registrable(link.host) or link.host) not in self._owners
        )
        shown = LetterLink(
            url=self._wire.redact.url(link.url),
            role=link.role,
            third_party=third_party,
            carries_secret=link.secret is not None,
            leads_on_to=(urlsplit(link.inside).hostname or "") if link.inside else "",
        )
        if link.role in ("unsubscribe", "image"):
            return replace(shown, why=_not_tried("it was left alone, so that nothing is set off"))
        if not link.host:
            return replace(shown, third_party=False, why=_not_tried("it names no host"))
        if not self._site.in_scope(link.host):
            settle = "if it belongs to the portal, name its host in [portal] hosts or [scope]"
            why = Missing(Cause.NO_CONSENT, f"{link.host} is outside the scope", settle)
            return replace(shown, why=why)
        if at >= MOST:
            return replace(shown, why=_not_tried(f"only the first {MOST} links of a letter are followed"))
        try:
            return await self._end(link, shown, kind)
        except WireError as error:
            return replace(shown, why=gap(error, "the link was not followed"))

    async def _end(self, link: FoundLink, shown: LetterLink, kind: str) -> LetterLink:
        if link.secret is None:
            return self._told(shown, await self._open(link.url, Touch.READ))
        other = link.secret.changed(link.url)
        made_up = await self._open(other, Touch.PROBE)
        if kind not in LETS_IN:
            return replace(self._told(shown, made_up), made_up=True)
        answers = await self._open(link.url, Touch.PROBE)
        told = self._told(shown, answers)
        return replace(told, token_survives=_acts(answers, made_up, kind)) if told.why is None else told

    async def _open(self, url: str, touch: Touch) -> tuple[Answer, ...]:
        """Every answer on the way, which may end where the scope does."""
        if url not in self._ends:
            self._ends[url] = await Visitor(self._wire.http, touch=touch).follow("GET", url)
        return self._ends[url]

    def _told(self, shown: LetterLink, answers: tuple[Answer, ...]) -> LetterLink:
        last = answers[-1]
        if last.location:
            host = urlsplit(last.location).hostname or ""
            why = Missing(
                Cause.NO_CONSENT if not self._site.in_scope(host) else Cause.UNREACHABLE,
                f"it leads on to {host}, where it could not be followed",
                "if that belongs to the portal, name its host in [portal] hosts or [scope]",
            )
            return replace(shown, ends_at=self._wire.redact.url(last.location), why=why)
        return replace(shown, ends_at=last.exchange.url, status=last.exchange.status)


def _acts(answers: tuple[Answer, ...], made_up: tuple[Answer, ...], kind: str) -> bool | None:
    """Whether the token is taken: it opens what a made-up one does not.

    It certainly is not where a password could be chosen nowhere on the page, not even by a script. An invitation may
    lead on to a login, whoever follows it.
    """
    last, other = answers[-1], made_up[-1]
    if other.exchange.status >= 400 > last.exchange.status:
        return True
    if setting_form(Page(last.exchange.url, last)) is not None:
        return True if setting_form(Page(other.exchange.url, other)) is None else None
    usable = LexborHTMLParser(last.body).css("form, input, button, script") if last.body else ()
    same = last.exchange.status == other.exchange.status
    return False if same and not usable and kind == "password-reset" else None


def _not_tried(detail: str) -> Missing:
    return Missing(Cause.NOT_COLLECTED, detail, "open it by hand")
