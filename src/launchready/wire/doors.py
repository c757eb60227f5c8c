"""All doors in one: what a run looks at the outside through."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire.control import Control, controls, word
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate, Touch
from launchready.wire.hands import Hands
from launchready.wire.http import HttpWire

if TYPE_CHECKING:
    from launchready.detect import Detector
    from launchready.wire.browser import BrowserWire
    from launchready.wire.checkout import Checkout
    from launchready.wire.imap import ImapWire
    from launchready.wire.key_providers import KeyProviders
    from launchready.wire.log_files import LogFiles
    from launchready.wire.tls import TlsWire

__all__ = ["Touch", "Wire"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Wire:
    """Everything through which a run looks at the outside; leaving its `async with` closes what was opened.

    Attributes:
        redact: fingerprints under this run's key.
        gate: scope, consent, budget and journal.
        dns: names to addresses.
        http: requests.
        now: the clock, UTC.
        attach: stores bytes with the run (`attach(data, ".png")`) and returns their name there.
        hands: somebody who does what no program can; None where nobody is there.
    """

    def __init__(
        self,
        site: Site,
        *,
        journal: TextIO,
        attach: Callable[[bytes, str], str],
        consent: Touch = Touch.READ,
        now: Callable[[], datetime] = _utc_now,
        redact: Redactor | None = None,
        browser: bool = True,
        hands: Hands | None = None,
    ) -> None:
        """Prepare; nothing is asked yet.

        Args:
            site: whose scope and limits hold.
            journal: open text file that gets one line for each request.
            attach: stores an attachment.
            consent: the highest touch that this run may make.
            now: the clock, UTC.
            redact: the run's own; a new one by default.
            browser: whether a browser may be started.
            hands: somebody who is there.
        """
        self._site = site
        self._with_browser = browser
        self.now = now
        self.attach = attach
        self.hands = hands
        self.redact = redact or Redactor()
        self.gate = Gate(site, journal, consent=consent, now=now)
        self.dns = DnsWire(self.gate, site)
        self.http = HttpWire(self.gate, self.dns, site, self.redact)

    @cached_property
    def tls(self) -> "TlsWire":
        """TLS handshakes; loaded when first used."""
        from launchready.wire.tls import TlsWire  # noqa: PLC0415 -- only the runs that look at TLS need it

        site = self._site
        return TlsWire(
            self.gate,
            extra_ca=site.tls.extra_ca,
            timeout=site.crawl.timeout,
            concurrency=site.crawl.concurrency,
        )

    @cached_property
    def browser(self) -> "BrowserWire":
        """A real browser; loaded when first used, as that is slow."""
        from launchready.wire.browser import BrowserWire  # noqa: PLC0415 -- Playwright takes half a second

        return BrowserWire(self.gate, self.dns, self._site, self.redact, left_out=not self._with_browser)

    @cached_property
    def imap(self) -> "ImapWire":
        """Mailboxes of the portal file; loaded when first used."""
        from launchready.wire.imap import ImapWire  # noqa: PLC0415 -- only the runs that read mail need it

        return ImapWire(self.gate, self.dns, self._site)

    @cached_property
    def detector(self) -> "Detector":
        """What tells secrets; one for the whole run, as its rules take long to load."""
        from launchready.detect import Detector  # noqa: PLC0415 -- only the runs that look for secrets need it

        return Detector()

    @cached_property
    def key_providers(self) -> "KeyProviders":
        """Those who gave out keys that are found."""
        from launchready.wire.key_providers import KeyProviders  # noqa: PLC0415 -- only these runs need it

        return KeyProviders(self.gate, self._site, self.redact)

    @cached_property
    def logs(self) -> "LogFiles":
        """The portal's own logs, as far as the portal file names them."""
        from launchready.wire.log_files import LogFiles  # noqa: PLC0415 -- only the runs that read logs need it

        return LogFiles(self._site.logs.paths)

    @cached_property
    def checkout(self) -> "Checkout":
        """The portal's source, from a folder or from where it is cloned."""
        from launchready.wire.checkout import Checkout  # noqa: PLC0415 -- only the runs that read it need it

        return Checkout(self.gate, self._site, self.redact)

    async def require_control(self) -> tuple[Control, ...]:
        """Ask who controls each host in scope; from now on the gate lets no probe through to those without proof."""
        found = await controls(self._site, self.dns, self.http)
        settle = f"publish {word(self._site)} as `launchready control` says, then run the audit again"
        self.gate.unproved = {each.host: settle for each in found if not each.proved}
        return found

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all that was opened."""
        if "browser" in vars(self):
            await self.browser.close()
        if "checkout" in vars(self):
            self.checkout.close()
        await self.http.close()
