"""What a tab has gathered, as evidence of one step: redacted, cut short, and without what was our own doing."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from launchready.evidence import Missing
from launchready.evidence.browser import Failure, Mixed
from launchready.evidence.selftest import BadAnswer, SelfTestStep
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.tab import Tab

_MOST = 30
_LONGEST = 300
_ECHO = "Failed to load resource:"
"""How Chromium repeats on the console what stands among the answers already."""
_RESOLUTIONS = {"MixedContentBlocked": "blocked", "MixedContentWarning": "warning"}
_ICON = "/favicon.ico"
"""Asked for by browsers of their own accord; nobody misses one that is not there."""


@dataclass(slots=True)
class Notes:
    """Notes about one tab.

    Attributes:
        secrets: raw; never in a note.
    """

    wire: Wire
    site: Site
    tab: Tab
    secrets: tuple[str, ...]

    async def step(self, says: str, part: str, why: str, unknown: Missing | None) -> SelfTestStep:
        """What the tab gathered since it last forgot, with a screenshot."""
        tab = self.tab
        picture = await tab.screenshot()
        url = tab.url if tab.url.startswith(("http://", "https://")) else ""
        return SelfTestStep(
            says=says,
            part=part,
            url=self.wire.redact.url(url),
            status=tab.status if url else 0,
            done=not why and unknown is None,
            why=self.wire.redact.text(why, self.secrets)[:_LONGEST],
            unknown=unknown,
            console=self._said(each for each in tab.console if not self._is_ours(each)),
            errors=self._said(tab.errors),
            bad=tuple(dict.fromkeys(self._bad()))[:_MOST],
            failed=tuple(dict.fromkeys(self._failed()))[:_MOST],
            mixed=tuple(dict.fromkeys(self._mixed()))[:_MOST],
            security=tab.security,
            withheld=tuple(sorted({_host(each.url) for each in tab.failed if each.withheld})),
            screenshot=self.wire.attach(picture, ".png") if picture else "",
        )

    def _is_ours(self, message: str) -> bool:
        """Whether a message only repeats an answer, or what our own gate did."""
        return message.startswith(_ECHO) or "ERR_BLOCKED_BY_CLIENT" in message

    def _said(self, messages: Iterable[str]) -> tuple[str, ...]:
        shown = (self.wire.redact.text(each, self.secrets)[:_LONGEST] for each in dict.fromkeys(messages))
        return tuple(shown)[:_MOST]

    def _bad(self) -> Iterable[BadAnswer]:
        for answer in self.tab.answers:
            parts = urlsplit(answer.url)
            if answer.status >= 400 and self.site.in_scope(parts.hostname or "") and parts.path != _ICON:
                yield BadAnswer(answer.method, self.wire.redact.url(answer.url), answer.status)

    def _failed(self) -> Iterable[Failure]:
        for failed in self.tab.failed:
            ours = failed.withheld or failed.aborted or failed.why == "mixed-content"
            # What a page's own policy refuses is on its console.
            if not ours and failed.why != "csp" and urlsplit(failed.url).path != _ICON:
                yield Failure(self.wire.redact.url(failed.url), failed.why[:80])

    def _mixed(self) -> Iterable[Mixed]:
        for request in self.tab.insecure():
            if resolution := _RESOLUTIONS.get(request.resolution, ""):
                yield Mixed(request.resource.lower(), self.wire.redact.url(request.url), resolution)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
