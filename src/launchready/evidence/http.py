"""What plain requests showed: answers, pages, where http:// leads, and where declared redirects lead."""

from launchready.evidence import Fact, Missing

_NOT_NOW = frozenset((408, 425, 429, 502, 503, 504))


class Exchange(Fact, frozen=True):
    """One request and its answer. Values that may be secret are fingerprints (see `redact`).

    Attributes:
        method, url: as sent; no fragment, no credentials.
        status: HTTP status code.
        headers: (lower-case name, value) in the order and number received, repeated ones apart.
        size: bytes of the body read, after decompression.
        truncated: the body went on, but we stopped reading (size limit, or time ran out in mid-body).
        digest: fingerprint of the body read; equal bodies have equal digests within one run. Empty when no body.
        address: the IP address really connected to.
    """

    method: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    size: int
    truncated: bool
    digest: str
    address: str

    def values(self, name: str) -> tuple[str, ...]:
        """All values of one header, in order; `name` in lower case."""
        return tuple(value for key, value in self.headers if key == name)

    @property
    def media_type(self) -> str:
        """The content type without parameters, in lower case; empty if none was sent."""
        return next(iter(self.values("content-type")), "").partition(";")[0].strip().lower()

    @property
    def is_not_now(self) -> bool:
        """Whether a limiter or front end put the request off: that says nothing of what was asked for."""
        return self.status in _NOT_NOW

    @property
    def is_html(self) -> bool:
        """Whether a browser would show this as a document."""
        return self.media_type in ("text/html", "application/xhtml+xml")


class Load(Fact, frozen=True):
    """Something a document or style sheet makes a browser fetch, submit to or connect to.

    Attributes:
        kind: script, style, image, media, font, frame, object, form, connect, manifest, preload, ping or other.
        url: absolute, redacted.
        via: how it is written, as `<img srcset>` or `url()`; never the page's own text.
    """

    kind: str
    url: str
    via: str


class Document(Fact, frozen=True):
    """What a parser saw in one HTML document or style sheet.

    Attributes:
        insecure: loads whose scheme is http or ws, in document order.
        loads: how many loads there are in all, secure ones included.
        csp_meta: contents of <meta http-equiv=content-security-policy>.
        referrer_meta: content of <meta name=referrer>, empty when absent.
        refresh: target of <meta http-equiv=refresh>, absolute; empty when absent.
    """

    insecure: tuple[Load, ...]
    loads: int
    csp_meta: tuple[str, ...] = ()
    referrer_meta: str = ""
    refresh: str = ""


class Page(Fact, frozen=True):
    """One crawled address: its answer and, for HTML and CSS, what the parser saw in it.

    Attributes:
        shape: the address with ids and the like generalised; pages of one shape come from one template.
        source: how we came to know it: start, link, form, script (or other data), sitemap, load, guess (nothing names it,
            but it answered), or probe (asked to see an error page).
        document: None where the answer is neither HTML nor CSS.
        who: as whom it was asked: "anonymous" or an identity's name.
        scripts_ask: it holds a script that can ask the server for more by itself.
    """

    exchange: Exchange
    shape: str
    source: str
    document: Document | None = None
    who: str = "anonymous"
    scripts_ask: bool = False

    @property
    def url(self) -> str:
        """The address asked."""
        return self.exchange.url


class Unvisited(Fact, frozen=True):
    """An address that the crawl wanted and could not look at, and as whom."""

    url: str
    why: Missing
    who: str = "anonymous"


class Crawl(Fact, frozen=True):
    """All that the crawl saw, as a stranger and as each identity that could be signed in.

    Attributes:
        pages: answers, sorted by address, then by who asked.
        unvisited: addresses that gave no answer, or that an identity did not get to before its session was lost.
        skipped: addresses left out on purpose, as (reason, count): further ones of a shape, out of scope, over the limit.
            Reasons that begin with "signed in: " count each address once, however many identities left it out.
        third_parties: hosts outside the scope that pages load from.
        post_forms: addresses in scope that forms send to by POST, redacted; seen, never sent.
        signs_out: addresses that ended a session when they were asked, redacted; never asked again.
    """

    pages: tuple[Page, ...]
    unvisited: tuple[Unvisited, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    third_parties: tuple[str, ...] = ()
    post_forms: tuple[str, ...] = ()
    signs_out: tuple[str, ...] = ()

    def seen_by(self, who: str = "anonymous") -> tuple[Page, ...]:
        """The pages that one visitor was given."""
        return tuple(page for page in self.pages if page.who == who)


class Trail(Fact, frozen=True):
    """Where a request led, hop by hop, until an answer that is no redirect, or until we could not or need not go on.

    Attributes:
        url: the first address.
        method: GET, HEAD or POST.
        hops: the exchanges, first to last; empty when the first was not answered.
        locations: for each redirecting hop, the absolute address it leads to (redacted like all addresses).
        end: answer; loop (an address came twice); too-long; off-scope (the next address is not ours to ask);
            closed (the port refused the connection); no-such-name (DNS answered that the host has no address); missing
            (see why).
        why: the reason where `end` is missing or no-such-name.
        refresh: where the last answer, a page, sends browsers on by <meta http-equiv=refresh>; empty when nowhere.
    """

    url: str
    method: str
    hops: tuple[Exchange, ...]
    locations: tuple[str, ...]
    end: str
    why: Missing | None = None
    refresh: str = ""


class PlainHttp(Fact, frozen=True):
    """For each https address of the stranger's crawl, and a few of the others', where its http:// twin leads strangers.

    Attributes:
        trails: one for each twin, and for some of them one more by HEAD (and, with consent, POST).
        secure: what the https address of each GET twin answered to strangers, as (twin address, status, digest).
    """

    trails: tuple[Trail, ...]
    secure: tuple[tuple[str, int, str], ...] = ()


class DeclaredRedirect(Fact, frozen=True):
    """One redirect that the owner declared, and what was seen of it.

    Attributes:
        source, target: as declared, absolute.
        trails: from the declared address, and from a deep path on it where the path is to be carried over.
    """

    source: str
    target: str
    trails: tuple[Trail, ...]


class RedirectMap(Fact, frozen=True):
    """All declared redirects, empty when none are declared."""

    redirects: tuple[DeclaredRedirect, ...]
