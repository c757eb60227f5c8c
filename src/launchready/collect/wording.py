"""What addresses and labels say about following them: does it read, sign out, or change something? Pure text.

A verb counts where verbs stand that act: as a whole segment of the path, as the value or name of a parameter, as the
first or last word of a short label. A long slug (`/help/how-to-delete-a-ticket`) and a participle (`/reports/deleted`)
name a page. Verbs that are nouns too (`archive`, `order`) count beside the id of a record only. The words stand in
`data/link_words.toml`. All this is for visitors who are signed in: when in doubt, it is not asked.
"""

import re
import tomllib
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from launchready.collect.shape import generalised

SLUG = 4
"""So many words in one segment of a path are a title; a verb within them acts on nothing."""
LABEL, SENTENCE = 4, 8
"""So many words may be a verb and what it acts on; a verb before more of them than a sentence has is a title's."""

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PROGRAM = re.compile(
    r"\.(?:php\d?|aspx?|ashx|jspx?|jsf|do|action|cgi|s?html?|py|pl|cfm|rb|json)$", re.IGNORECASE
)
_FILE = re.compile(r".\.[A-Za-z][A-Za-z0-9]{1,4}$")
_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w\-]{12,}|[0-9a-fA-F]{16,}")
_ACTIONS = frozenset(
    "action act do cmd command op operation task todo event verb method mode func function".split()
)
"""Names of parameters that say what is to be done."""
_SETTERS = frozenset("mark send set switch".split())
"""With something behind them they act; alone they may be nouns."""
_NOUNS = frozenset(
    """apply archive book charge checkin checkout copy default down email export flag import invite login mail mark merge
    order primary refund release run set share sign split star start stop transfer up verify vote watch""".split()
)
"""Of the verbs that count beside records, those that before an id are as likely the name of what has the id."""
_SPACELESS = 0x0900
"""From here on Unicode has the scripts that write words without blanks, or with marks that no word pattern spans."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Says(StrEnum):
    """What following a link would do, as far as its words tell; READS where nothing tells otherwise."""

    READS = ""
    SIGNS_OUT = "would sign out"
    CHANGES = "may change something"
    ONE_TIME = "holds a token made for one request or session"


@cache
def words() -> dict[str, Any]:
    """All of `data/link_words.toml`, read once. The tables are shared: look, do not change."""
    raw = files("launchready").joinpath("data", "link_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, no accents, single blanks between words: spelling makes no difference."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))))


class _Words:
    """Words and phrases of one section, in all languages."""

    def __init__(self, section: str) -> None:
        self._apart: set[str] = set()
        self._within: set[str] = set()
        for language, listed in words()[section].items():
            for word in listed:
                spellings = {word, word.translate(_UMLAUTS)} if language == "de" else {word}
                for normal in map(plain, spellings):
                    (self._within if _is_spaceless(normal) else self._apart).add(normal)
        self._longest = 1 + max(word.count(" ") for word in self._apart)

    def begin(self, tokens: list[str]) -> bool:
        """Whether they begin with one of these."""
        return any(" ".join(tokens[:n]) in self._apart for n in range(1, min(self._longest, len(tokens)) + 1))

    def end(self, tokens: list[str]) -> bool:
        """Whether they end with one of these."""
        return any(
            " ".join(tokens[-n:]) in self._apart for n in range(1, min(self._longest, len(tokens)) + 1)
        )

    def among(self, tokens: list[str]) -> bool:
        """Whether one of these stands anywhere."""
        return any(self.begin(tokens[at:]) for at in range(len(tokens)))

    def within(self, tokens: list[str]) -> bool:
        """Whether one of a script without blanks stands anywhere, also inside of what looks like one word."""
        text = " ".join(tokens)
        return _is_spaceless(text) and any(word in text for word in self._within)


@cache
def _section(name: str) -> _Words:
    return _Words(name)


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """The words of one list in one form, to be looked up."""
    return frozenset(filter(None, map(plain, words()[section][key])))


def is_id(segment: str) -> bool:
    """Whether a segment names one record of many: a number, a key, an opaque word, or all of them."""
    return "{" in generalised(segment) or bool(_TOKEN.fullmatch(segment)) or segment.lower() == "all"


def has_record(url: str) -> bool:
    """Whether an address is about one record: an id in its path, or any parameter."""
    parts = urlsplit(url)
    return bool(parts.query) or any(map(is_id, filter(None, parts.path.split("/"))))


def is_record(url: str) -> bool:
    """Whether an address is that of a record itself: its path ends with the id, and nothing follows."""
    parts = urlsplit(url)
    return not parts.query and is_id(parts.path.rstrip("/").rpartition("/")[2])


@lru_cache(maxsize=8192)
def address_says(url: str) -> Says:
    """What the path and the query of an address say."""
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(_is_one_time(name) for name, _ in pairs) or ";jsessionid" in parts.path.lower():
        return Says.ONE_TIME
    is_file = bool(segments) and bool(_FILE.search(segments[-1]))
    if is_file and not _PROGRAM.search(segments[-1]):
        segments.pop()  # a file of that name; what stands above it is a folder
    for at in range(len(segments)):
        if said := _segment_says(segments, at, asks=bool(pairs), is_file=is_file):
            return said
    record = any(map(is_id, segments))
    if record and any(not value and _is_command(name) for name, value in pairs):
        return Says.CHANGES
    about = record or len(pairs) > 1
    said_by = (_parameter_says(name, value, about=about) for name, value in pairs)
    return next(filter(None, said_by), Says.READS)


def _segment_says(segments: list[str], at: int, *, asks: bool, is_file: bool) -> Says:
    tokens = _tokens(segments[at])
    if not tokens:
        return Says.READS
    short, last = len(tokens) < SLUG, at == len(segments) - 1
    if _acts("sign_out", tokens, short=short):
        return Says.SIGNS_OUT
    if _acts("changes", tokens, short=short) or (short and len(tokens) > 1 and tokens[0] in _SETTERS):
        return Says.CHANGES
    if short and last and tokens[-1] == "export" and not is_file:
        return Says.CHANGES  # a file, perhaps; a mail to somebody, perhaps
    beside = _section("beside_a_record")
    if short and (beside.begin(tokens) or beside.end(tokens) or beside.within(tokens)):
        follows = at > 0 and is_id(segments[at - 1])
        precedes = (last and asks) or (not last and is_id(segments[at + 1]))
        # "close/17" acts on 17; "order/17" and "archive/2026" are pages: nouns count behind the id only.
        if (follows and not is_file) or (precedes and tokens[0] not in _NOUNS):
            return Says.CHANGES
    sets = len(tokens) == 1 or tokens[0] == "change"
    if sets and short and tokens[-1] in listed("settings", "all") and (asks or not last) and not is_file:
        return Says.CHANGES
    return Says.READS


def _is_command(name: str) -> bool:
    """Whether a parameter without a value, on the address of a record, is something to do to it: ?take, ?close."""
    tokens = _tokens(name)
    return len(tokens) == 1 and tokens[0].isalpha() and tokens[0] not in listed("flags", "reading")


def _acts(section: str, tokens: list[str], *, short: bool) -> bool:
    found = _section(section)
    return found.begin(tokens) or found.within(tokens) or (short and found.among(tokens))


def _parameter_says(name: str, value: str, *, about: bool) -> Says:
    named, valued = _tokens(name), _tokens(value)
    if not named or " ".join(named) in ("q", "query", "search", "next", "return", "return to"):
        return Says.READS
    for tokens in (named, valued):
        if len(tokens) < SLUG and _acts("sign_out", tokens, short=True):
            return Says.SIGNS_OUT
        if len(tokens) < SLUG and _acts("changes", tokens, short=True):
            return Says.CHANGES
    sets = len(named) > 1 and named[0] in (*_SETTERS, "add")
    acts = " ".join(named) in _ACTIONS or named[-1] == "action"
    beside = _section("beside_a_record")
    if (
        acts
        and valued
        and (valued[0] in _SETTERS or (about and (beside.begin(valued) or beside.end(valued))))
    ):
        return Says.CHANGES
    return Says.CHANGES if sets or named[0] in listed("settings", "all") else Says.READS


@lru_cache(maxsize=8192)
def label_says(label: str, url: str, *, pictured: bool = False) -> Says:
    """What the words on a link say about following it; `pictured`: they stand for a picture, and so for what it does."""
    if label.strip() in words()["looks"]["signs"]:
        return Says.CHANGES
    tokens = plain(label).split()
    out, changes, beside = map(_section, ("sign_out", "changes", "beside_a_record"))
    if pictured and (changes.begin(tokens) or (has_record(url) and beside.begin(tokens))):
        return Says.CHANGES
    if not tokens or len(tokens) > SENTENCE:
        return Says.READS
    short = len(tokens) <= LABEL
    if out.begin(tokens) or (short and (out.end(tokens) or out.within(tokens))):
        return Says.SIGNS_OUT
    itself = is_record(url) and not pictured
    if itself and (len(tokens) > 2 or len(label.strip()) > 24) and tokens[0] not in _SETTERS:
        return Says.READS  # the title of a record, whatever it is about
    if changes.begin(tokens) or (short and (changes.end(tokens) or changes.within(tokens))):
        return Says.CHANGES
    if not short or not has_record(url) or any(map(str.isdigit, tokens)) or (itself and tokens[0] in _NOUNS):
        return Says.READS
    return Says.CHANGES if beside.begin(tokens) or beside.end(tokens) or beside.within(tokens) else Says.READS


def _tokens(text: str) -> list[str]:
    """The words of a segment or a name, also where they are written as one: deleteUser, delete_user.php."""
    return plain(_CAMEL.sub("-", _PROGRAM.sub("", text))).split()


def _is_one_time(name: str) -> bool:
    tokens = plain(name).split()
    known = listed("one_time", "names")
    return (
        " ".join(tokens) in known or "".join(tokens) in known or any(token in known for token in tokens[-2:])
    )


def _is_spaceless(text: str) -> bool:
    return bool(text) and max(map(ord, text)) >= _SPACELESS
