"""What a real browser saw: what it loaded, what it refused as insecure, and what it complained about.

Addresses are redacted and what pages say on their console is cut short, so that nothing personal stays.
"""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Document


class Mixed(Fact, frozen=True):
    """One insecure request that a secure page wanted to make.

    Attributes:
        kind: as in `http.Load`.
        url: the insecure address.
        resolution: blocked, upgraded (asked over https instead), warning (it would be made), or policy (refused
            first by the page's own content security policy).
        twin: what became of an upgraded request: answered, refused (out of scope, so not asked), failed; or empty.
    """

    kind: str
    url: str
    resolution: str
    twin: str = ""


class Failure(Fact, frozen=True):
    """One request that failed, and the browser's own word for it, as net::ERR_CONNECTION_REFUSED."""

    url: str
    why: str


class Withheld(Fact, frozen=True):
    """What our own gate kept the browser from asking: a kind of load, and the host that it is on."""

    kind: str
    host: str


class BrowserPage(Fact, frozen=True):
    """One page as the browser saw it.

    Attributes:
        url: as asked.
        final: where it ended up; empty if it was not loaded.
        status: HTTP status of the answer, 0 without one.
        mixed: insecure requests, those to this machine itself included.
        document: what stands in the page after its scripts have run.
        console: errors on the console, shortened.
        errors: errors that no script caught, shortened.
        failed: requests that failed for other reasons than ours.
        withheld: what was not asked because it is outside the scope.
        security: the browser's word for the page: secure, neutral, insecure, insecure-broken; or empty.
        accepted: its certificate does not verify; exactly its key was accepted, only so as to see the page.
        complete: all that it waits for before it counts as loaded came in time.
        screenshot: name of an attachment, or empty.
        why: why it could not be looked at.
        who: as whom it was opened: "anonymous" or an identity's name.
    """

    url: str
    final: str = ""
    status: int = 0
    mixed: tuple[Mixed, ...] = ()
    document: Document | None = None
    console: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    security: str = ""
    accepted: bool = False
    complete: bool = True
    screenshot: str = ""
    why: Missing | None = None
    who: str = "anonymous"


class BrowserLook(Fact, frozen=True):
    """All pages that a browser looked at: as a stranger, and what strangers do not see as who does.

    Attributes:
        browser: its name and version, or why there was none.
        pages: in the order of their addresses, then of who opened them.
        left_out: shapes of pages of which none was looked at, as there were more than the portal file allows.
    """

    browser: str | Missing
    pages: tuple[BrowserPage, ...]
    left_out: tuple[str, ...] = ()
