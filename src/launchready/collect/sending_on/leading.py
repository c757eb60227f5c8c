"""Where one answer leads a browser, and as which address a browser reads what is written in it. Pure.

Servers that check a return address and browsers that follow it read it differently, and all evasions live in that gap: a
browser takes a backslash for a slash, drops tabs and line breaks, skips any number of slashes before a host, and lets
everything up to the last @ be a user name. So what counts here is the browser's reading (WHATWG URL standard) alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.charset import decoded
from launchready.collect.microsyntax import refresh_target
from launchready.wire.http import Answer

_SPECIAL = frozenset(("http", "https", "ws", "wss", "ftp"))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_EDGES = "".join(map(chr, range(0x21)))
_DROPPED = re.compile(r"[\t\n\r]")
_SLASHES = "/\\"
_SCRIPTED = re.compile(
    r"""(?:\blocation(?:\s*\.\s*href)?\s*=(?!=)\s*|\blocation\s*\.\s*(?:assign|replace)\s*\(\s*)(["'`])((?:\\.|(?!\1).)*)\1""",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(.))", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}
_JS_TYPES = frozenset(("", "text/javascript", "application/javascript", "module", "text/ecmascript"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One address as a browser reads it.

    Attributes:
        scheme: in lower case, as "https" or "javascript".
        host: in lower case, without port; empty for schemes that have none.
        path: from the first slash on, with query, without fragment.
    """

    scheme: str
    host: str
    path: str


@dataclass(frozen=True, slots=True)
class Lead:
    """One way in which an answer sends a browser on.

    Attributes:
        how: location, refresh, meta, script (followed without a click), link or form (which wait for one).
        written: the address as it is written there.
    """

    how: str
    written: str


def read_address(base: str, written: str) -> Reading:
    """Read `written` in a page at `base`, an absolute http or https address."""
    here = urlsplit(base)
    own = (here.scheme.lower(), (here.hostname or "").rstrip("."))
    text = _DROPPED.sub("", written.strip(_EDGES))
    if scheme := _SCHEME.match(text):
        name, rest = scheme[1].lower(), text[scheme.end() :]
        if name not in _SPECIAL:
            return Reading(name, "", rest)
        if name != own[0] or rest.startswith("//"):
            return _authority(name, rest.lstrip(_SLASHES))
        text = rest  # the scheme of the page itself, without two slashes, is as good as none
    if len(text) > 1 and text[0] in _SLASHES and text[1] in _SLASHES:
        return _authority(own[0], text.lstrip(_SLASHES))
    return Reading(*own, _path(base, text))


def leads(answer: Answer, *, shown: bool = True) -> Iterator[Lead]:
    """Where this answer sends a browser, the way that wins first; nothing after a redirect, whose body nobody reads.

    Args:
        answer: raw.
        shown: also what a person would have to click.
    """
    location = next((value for name, value in answer.headers if name.lower() == "location"), None)
    if 300 <= answer.exchange.status < 400 and location is not None:
        yield Lead("location", location)
        return
    for name, value in answer.headers:
        if name.lower() == "refresh" and (target := refresh_target(value)):
            yield Lead("refresh", target)
    if answer.exchange.is_html and answer.body:
        yield from _in_page(
            decoded(answer.body, next(iter(answer.exchange.values("content-type")), "")), shown=shown
        )


def _in_page(text: str, *, shown: bool) -> Iterator[Lead]:
    tree = LexborHTMLParser(text)
    for meta in tree.css("meta[http-equiv][content]"):
        target = refresh_target(meta.attributes.get("content") or "")
        if target and (meta.attributes.get("http-equiv") or "").strip().lower() == "refresh":
            yield Lead("meta", target)
    for script in tree.css("script:not([src])"):
        if (script.attributes.get("type") or "").strip().lower() in _JS_TYPES:
            yield from (Lead("script", target) for target in _script_targets(script.text(deep=True)))
    if shown:
        for how, selector, attribute in (("link", "a[href]", "href"), ("form", "form[action]", "action")):
            for node in tree.css(selector)[:2_000]:
                yield Lead(how, node.attributes.get(attribute) or "")


def _script_targets(source: str) -> Iterable[str]:
    """Whole strings that a script goes to; one that is put together from parts is nobody's to read."""
    return (_unescaped(match[2]) for match in _SCRIPTED.finditer(source) if "${" not in match[2])


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        digits = match[1] or match[2] or match[3]
        if digits:
            return chr(int(digits, 16)) if int(digits, 16) < 0x110000 else ""
        return _CONTROL.get(match[4], match[4])

    return _ESCAPED.sub(one, text)


def _authority(scheme: str, rest: str) -> Reading:
    end = next((at for at, letter in enumerate(rest) if letter in "/\\?#"), len(rest))
    named = rest[:end].rpartition("@")[2]
    host = named.partition("]")[0] + "]" if named.startswith("[") else named.partition(":")[0]
    host = unicodedata.normalize("NFKC", unquote(host)).lower().replace("。", ".").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    return Reading(scheme, host, _path(f"{scheme}://host/", rest[end:] or "/"))


def _path(base: str, written: str) -> str:
    """Path and query of a relative reference, whose backslashes in the path are slashes."""
    head, mark, tail = written.partition("#")[0].partition("?")
    try:
        parts = urlsplit(urljoin(base, head.replace("\\", "/") + mark + tail))
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
