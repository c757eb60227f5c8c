"""Values that may be secret become fingerprints before they become evidence.

A fingerprint is an HMAC under a key that lives as long as the run: equal values can be told equal within one run, and
nothing can be told from them afterwards. Names are kept, values only where the name is on a small allow list.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit, urlunsplit

HEADERS_KEPT = frozenset(
    """accept-ranges access-control-allow-credentials access-control-allow-headers access-control-allow-methods
    access-control-allow-origin age allow alt-svc cache-control connection content-disposition content-encoding
    content-language content-length content-security-policy content-security-policy-report-only content-type
    cross-origin-embedder-policy cross-origin-opener-policy cross-origin-resource-policy date expires keep-alive
    last-modified permissions-policy pragma referrer-policy retry-after server strict-transport-security
    transfer-encoding upgrade vary via www-authenticate x-content-type-options x-frame-options x-powered-by
    x-robots-tag x-xss-protection""".split()
)
"""Response headers whose values are policy or plumbing, never a secret of a person or a machine."""

URL_HEADERS = frozenset(("location", "content-location", "refresh", "link", "sourcemap"))
"""Response headers that hold addresses: kept, with what is secret inside them fingerprinted."""

QUERY_KEPT = frozenset(
    "page p per_page limit offset sort order dir lang locale tab view year month day v".split()
)
"""Query parameters whose values say where on the site one is, not who one is."""

_BLANKS = " \t"
_NONCE = re.compile(r"'nonce-[^']*'")
_QUERY_IN_TEXT = re.compile(r"([?&;][^=&#\s\"'<>]+)=([^&#\s\"'<>;,]+)")
_LONG = re.compile(r"[A-Za-z0-9_\-.~=]{24,}")
_MIXED = re.compile(r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])")
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_FILE = re.compile(r"\.[a-z0-9]{1,8}$")
_ASSET = re.compile(r"\.(?:css|m?js|map|json|wasm|ico|svg|woff2?|ttf|otf|eot)$")
"""Build tools put hashes into the names of such files."""
_ADDRESS_IN_TEXT = re.compile(r"\b(?:https?|wss?)://[^\s'\"<>)\]]+")
_OPAQUE_IN_TEXT = re.compile(r"(?<![/\w~-])(?=[\w\-.]*\d)(?=[\w\-.]*[A-Za-z])[\w\-]{16,}(?:\.[\w\-]+)*")
_SHORTEST_SECRET = 4
_FINGERPRINT = re.compile(r"~[0-9a-f]{12}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _looks_like_token(segment: str) -> bool:
    """Whether a path segment reads like a capability (reset link, signed download), not like a word or a file."""
    segment = unquote(segment)
    if _ASSET.search(segment):
        return False
    segment = _FILE.sub("", segment)
    if not _LONG.fullmatch(segment) or _UUID.fullmatch(segment):
        return False
    words = [part for part in re.split(r"[-_.~=]", segment) if part]
    # Base64 as addresses have it holds dashes itself, which cut it into short pieces.
    jumbled = sum(len(word) for word in words if _is_jumble(word))
    return jumbled >= 16 or (max(map(len, words), default=0) >= 16 and _MIXED.match(segment) is not None)


def _is_jumble(word: str) -> bool:
    """Whether small and capital letters and digits change places as in no word that people write."""
    runs = len(_RUN.findall(word))
    return runs > 1 and len(word) < (4 if len(word) >= 20 else 3) * runs


def subject(url: str) -> str:
    """The address as findings name it: the same in every run, with what may be secret left as an ellipsis."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"  # not an address; who knows what is in it
    path = "/".join(
        "…" if _FINGERPRINT.fullmatch(s) or _looks_like_token(s) else s for s in parts.path.split("/")
    )
    fields = []
    for field in parts.query.split("&") if parts.query else ():
        name, equals, _value = field.partition("=")
        fields.append(field if name in QUERY_KEPT or not equals else f"{name}=…")
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, path, "&".join(fields), ""))


class Redactor:
    """Fingerprints under one run's key. The key is never written anywhere."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)
        self._learned: dict[str, str] = {}

    def learn(self, secret: str) -> None:
        """Leave this value out of every address from now on, also where it does not look like a token."""
        if len(secret) >= _SHORTEST_SECRET:
            self._learned[secret] = self._learned[quote(secret, safe="")] = self.fingerprint(secret)

    def fingerprint(self, value: str | bytes) -> str:
        """Twelve hex digits after a tilde: equal for equal values within this run."""
        raw = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
        return "~" + hmac.new(self._key, raw, hashlib.sha256).hexdigest()[:12]

    def url(self, url: str) -> str:
        """The address with credentials dropped, and opaque path segments and query values as fingerprints."""
        for secret, shown in self._learned.items():
            url = url.replace(secret, shown)
        try:
            parts = urlsplit(url)
        except ValueError:
            return self.fingerprint(url)  # not an address; who knows what is in it
        segments = [self.fingerprint(s) if _looks_like_token(s) else s for s in parts.path.split("/")]
        query = self._query(parts.query) if parts.query else ""
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, host, "/".join(segments), query, ""))

    def _query(self, query: str) -> str:
        fields = []
        for field in query.split("&"):
            name, equals, value = field.partition("=")
            shown = value if name in QUERY_KEPT or not value else quote(self.fingerprint(value), safe="~")
            fields.append(f"{name}{equals}{shown}")
        return "&".join(fields)

    def header(self, name: str, value: str) -> str:
        """One header's value as evidence."""
        name = name.lower()
        if name in ("content-security-policy", "content-security-policy-report-only"):
            return _NONCE.sub(lambda m: f"'nonce-{self.fingerprint(m.group())[1:]}'", value)
        if name in HEADERS_KEPT:
            return value
        if name in ("location", "content-location", "sourcemap"):
            return self.url(value)
        if name in URL_HEADERS:
            return _QUERY_IN_TEXT.sub(lambda m: f"{m[1]}={self.fingerprint(m[2])}", value)
        if name == "set-cookie":
            cookie, _, attributes = value.partition(";")
            cookie_name, equals, secret = cookie.partition("=")
            if not equals:  # a cookie without a name: all of it is its value
                cookie_name, secret = "", cookie
            kept = f"{cookie_name}{equals}{self.fingerprint(secret.strip(_BLANKS))}"
            return f"{kept};{attributes}" if attributes else kept
        return self.fingerprint(value)

    def text(self, text: str, secrets: Iterable[str] = ()) -> str:
        """What a page or a script says: known secrets out, addresses redacted, long opaque words as fingerprints."""
        for secret in sorted((s for s in secrets if len(s) >= _SHORTEST_SECRET), key=len, reverse=True):
            text = text.replace(secret, self.fingerprint(secret))
        text = _ADDRESS_IN_TEXT.sub(lambda found: self.url(found[0]), text)
        return " ".join(_OPAQUE_IN_TEXT.sub(lambda found: self.fingerprint(found[0]), text).split())

    def headers(self, headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """All headers, names in lower case, in the order and number they came."""
        return tuple((name.lower(), self.header(name, value)) for name, value in headers)
