"""Is what stands beside a name like "password" or "api_key" a secret? Precision comes before recall here."""

import re
from typing import NamedTuple

from launchready.detect.code import is_code, is_hash, is_name, is_pattern, is_word
from launchready.detect.placeholders import entropy, holds_a_place, is_mixed, repeats, unpacked
from launchready.detect.samples import is_sample

# What stands between a name and its value.
_BETWEEN = re.compile(
    r"(?:[\"'`\]\\]{0,4}\s{0,4}(?::\s{0,2}(?:str|string|final)\s{0,2}=|=>|:=|\?=|[=:>])"
    r"|[\"'`]{0,2}\)?\s{0,4}(?:\|\||\?\?|\bor\b)|\(|(?P<call>[\"'`]),)\s{0,4}[bfruBFRU]{0,2}\\?[\"'`]?\Z"
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PASSWORD = re.compile(
    r"(?:password|passwd|passwort|passphrase|kennwort|contrase.{1,2}a|motdepasse|senha|wachtwoord)"
    r"(?:prod|production|live|staging|dev|default|value|\d+)?$"
)
_SHORT_PASSWORD_WORDS = frozenset(("pass", "pwd"))
_NO_SECRET = frozenset(
    """csrf xsrf nonce public publishable site page next prev previous cancel cancellation continuation cursor sync
    hash hashed digest checksum integrity sha md5 etag field label input placeholder regex pattern hint prompt error
    message msg title type min max length policy forgot confirm confirmation show hide toggle strength url uri path file
    filename filepath dir id ids name names column header param parameter format encoding algorithm alg color syntax
    lexer parser primary foreign
    sort cache partition idempotency i18n translation request change update action lifecycle lock lease upload fencing
    verification redacted masked blank dummy fake""".split()
)
_KEY = re.compile(r"[A-Za-z0-9+/=_.:~-]{16,256}")
# A space, quotes as printers set them, and bytes that are no text at all.
_PROSE = re.compile("[ \u2018\u2019\u201c\u201d\u00ab\u00bb\ufffd]")
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)  # `--pass: #14682f` is a style
# How a key of GnuPG's is named, and what names it.
_FINGERPRINT = re.compile(r"(?:[0-9A-F]{16}){1,2}|[0-9A-F]{40}")
_OF_A_KEY = frozenset(("gpg", "pgp", "gnupg", "signing", "sign"))
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"[A-Z][a-z]{5}")
_PARTS = re.compile(r"[-_.:]")
_CODE_FILE = re.compile(
    r"\.(?:py|pyi|[cm]?[jt]sx?|go|rs|java|kts?|scala|rb|php|phtml|cs|vb|c|h|cc|cpp|hpp|m|swift|dart|exs?|erl|p[lm]|lua|r"
    r"|jl|clj|vue|svelte|html?|s?css|map|sql|md|rst|txt|adoc)\Z",
    re.IGNORECASE,
)
_ENV_FILE = re.compile(r"(?:\A|/)\.?env(?:rc)?(?:\.[\w-]+)*\Z|\.env\Z", re.IGNORECASE)


class Named(NamedTuple):
    """A value beside a name that says it is secret.

    Attributes:
        value: as it stands.
        before: what stands before it, with the name at its end.
        path: what text it is in, as far as that is known.
        quoted: whether it stands in quotes.
    """

    value: str
    before: str
    path: str
    quoted: bool


def kind(named: Named) -> str:
    """What secret it is, in words; empty if it is none, or none that can be told from a word, a label or code."""
    if not _may_be_chosen(named.value) or repeats(named.value):
        return ""
    name = name_of(named.before)
    if named.value.lower() in name.lower() or _says_a_word(named.value):
        return ""  # the name once more, as what people read
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or _NO_SECRET & {*words} or is_sample(named.path):
        return ""
    if _FINGERPRINT.fullmatch(named.value) and _OF_A_KEY & {*words}:
        return ""
    if not named.quoted and _CODE_FILE.search(named.path):
        return ""  # a variable, not a value
    if _PASSWORD.search("".join(words)) or _SHORT_PASSWORD_WORDS & {*words}:
        return "password" if _is_password(named, env_name=name.isupper()) else ""
    if not (_is_key(named.value, alone=len(words) == 1) or _is_drawn_from_all_signs(named.value)):
        return ""
    return _key_kind("".join(words))


def is_settings(path: str) -> bool:
    """Whether it is a file of an environment's settings, in which nothing but values stands."""
    return bool(_ENV_FILE.search(path))


def _may_be_chosen(value: str) -> bool:
    """Whether it is worth a closer look: most that stands beside such a name is a word, a sentence or code."""
    return (
        6 <= len(value) <= 256
        and value.isprintable()
        and not _PROSE.search(value)
        and not _COLOUR.fullmatch(value)
        and not _is_label(value)
    )


def _is_label(value: str) -> bool:
    """Whether it is written in a script that no password is typed in, or most of it in one that few are."""
    letters = [letter for letter in value if letter.isalpha()]
    return any(letter >= "\u2e80" for letter in letters) or (
        sum(letter > "\u024f" for letter in letters) * 2 > len(letters)
    )


def name_of(before: str) -> str:
    """The name at the end of what stands before a value; empty if there is none."""
    tail = before[-160:]
    between = _BETWEEN.search(tail, max(0, len(tail) - 40))
    if between is None:
        return ""
    end = start = between.start()
    while start and (tail[start - 1].isalnum() or tail[start - 1] in "_.-["):
        start -= 1
    if tail[:start].endswith("::"):
        return ""  # a type's name in a list of types
    if between["call"] and not tail[:start].endswith(("('", '("', "(`")):
        return ""  # a list of words, not the two arguments of a call
    return tail[start:end]


def _says_a_word(value: str) -> bool:
    """Whether it is a word, or the place of a value, in base64, as the manifests of Kubernetes have it."""
    text = unpacked(value)
    return text != value and (is_word(text) or holds_a_place(text))


def _key_kind(name: str) -> str:
    if "token" in name:
        return "access token"
    return "API key" if "api" in name or "access" in name else "secret key"


def _is_password(named: Named, *, env_name: bool) -> bool:
    value = named.value
    if len(value) > 128 or is_code(value) or holds_a_place(value):
        return False
    if is_word(value):  # a label, or a password that is a word: only where nothing else can stand
        return env_name and len(value) >= 10 and is_settings(named.path) and value.isascii()
    classes = sum(
        any(test(letter) for letter in value) for test in (str.isdigit, str.islower, str.isupper, _is_sign)
    )
    if value.isdigit() or not any(letter.isalpha() for letter in value):
        return False
    if named.quoted or env_name:
        return classes >= 2 and not (is_name(value) and not value[-1].isdigit())
    return classes >= 3 or (classes == 2 and len(value) >= 8 and not is_name(value))


def _is_key(value: str, *, alone: bool) -> bool:
    """Whether it reads like something a machine made; a bare "token" or "secret" has to look more like one."""
    if not _KEY.fullmatch(value) or holds_a_place(value) or is_word(value):
        return False
    if is_code(value) and not _is_key_of_parts(value):
        return False
    if _UUID.fullmatch(value):
        return not alone
    # Words put together are an identifier or a file's name, unless one of them is no word: "live_a81f…".
    return any(_is_made_up(part, 3.4 if alone else 3.0) for part in _PARTS.split(value))


def _is_key_of_parts(value: str) -> bool:
    """Whether what has the dots of `a.b.c` has a part that chance made, after one that says what the key opens."""
    return bool(_DOTTED.fullmatch(value)) and any(map(_is_drawn, value.split(".")))


def _is_drawn(part: str) -> bool:
    """Whether it is no name either, as X25519PrivateKey is one: such a name has a word in it."""
    digits = sum(letter.isdigit() for letter in part)
    return len(part) >= 20 and part.isalnum() and digits >= 3 and is_mixed(part) and not _WORD.search(part)


def _is_drawn_from_all_signs(value: str) -> bool:
    """Whether it reads like a key of a framework that draws from signs as well, as Django's does."""
    signs = {letter for letter in value if not letter.isalnum()} - {*"-_./:"}
    return (
        len(value) >= 32
        and len(signs) >= 3
        and any(letter.isdigit() for letter in value)
        and entropy(value) >= 4.2
        and not (holds_a_place(value) or is_hash(value) or is_pattern(value))
    )


def _is_made_up(part: str, enough: float) -> bool:
    """Whether a word without separators is no word of any language."""
    digits = sum(letter.isdigit() for letter in part)
    letters = sum(letter.isalpha() for letter in part)
    return len(part) >= 12 and digits >= 2 and letters >= 2 and entropy(part) >= enough


def _is_sign(letter: str) -> bool:
    return not letter.isalnum()
