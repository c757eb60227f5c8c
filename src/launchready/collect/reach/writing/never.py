"""Which writes are never tried, whoever offers them, and which remove a record. Words come last, structure first. Pure."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from launchready.collect.people.forms import Field
from launchready.collect.wording import Says, address_says, label_says, plain

if TYPE_CHECKING:
    from launchready.collect.reach.writing.operations import Operation

_TOKEN = re.compile(
    r"csrf|xsrf|nonce|sesskey|form_?key|verification_?token|authenticity|^_?token$", re.IGNORECASE
)
_SECRET = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w\-.=+/:]{24,}")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEVERAL = frozenset(("batch", "bulk"))
_ACCOUNT = re.compile(
    r"passw|passwd|pwd|passphrase|otp|2fa|mfa|secret|api_?key|phone|mobile|iban|card|captcha", re.IGNORECASE
)
"""Names of fields that may not be changed on an account in use, or that lead to letters and payments."""


def is_token(field: Field) -> bool:
    """Whether a field holds a token against forged requests."""
    return field.kind == "hidden" and bool(_TOKEN.search(field.name))


def why_never(operation: "Operation", known: Collection[str] = ()) -> str:
    """Why an operation is not tried at all; empty where nothing speaks against it.

    Args:
        operation: it.
        known: names of fields whose present values are known, and will be sent again.
    """
    shown = [field for field in operation.fields if field.shown and field.kind != "hidden"]
    if any(field.kind == "password" for field in shown) or any("code" in f.autocomplete for f in shown):
        return "it takes a password or a code"
    if (
        address_says(operation.url) is Says.SIGNS_OUT
        or label_says(operation.label, operation.url) is Says.SIGNS_OUT
    ):
        return "it signs out"
    filled_in = {*known, *(field.name for field in operation.fields if field.value.strip())}
    if any(_ACCOUNT.search(name) and name not in filled_in for name in operation.names):
        return "it takes a number or a secret of a person"
    said = _tokens(operation.url.partition("//")[2].partition("/")[2]) + _tokens(operation.label)
    if operation.several:  # it names its records, whatever it is called
        said = [word for word in said if word not in _SEVERAL]
    if word := _among("never", said):
        what = "sends something to others, moves money, changes an account or acts on several records at once"
        return f"by its words ({word}) it {what}"
    return ""


def removes(operation: "Operation") -> int:
    """How much it looks as if it removed a record: 0 not at all, 1 it might, 2 its words say so, 3 its method."""
    if operation.method == "DELETE":
        return 3
    said = _tokens(operation.url.partition("//")[2].partition("/")[2]) + _tokens(operation.label)
    said += _tokens(" ".join(operation.form.button)) if operation.form else []
    if _among("removes", said):
        return 2
    typed = [f for f in operation.fields if f.shown and f.kind not in ("hidden", "checkbox")]
    bare = not typed and (operation.carries == "form" or not operation.body)
    return 1 if bare and operation.method == "POST" and operation.from_page else 0


def says_removal(word: str) -> bool:
    """Whether a word of an address is a verb that removes something."""
    return bool(_among("removes", _tokens(word)))


def only_shows(url: str, label: str) -> bool:
    """Whether a form that is sent by POST only shows what was chosen, by all that its words say."""
    said = _tokens(urlsplit(url).path) + _tokens(label)
    if (
        not label
        or _among("never", said)
        or _among("removes", said)
        or address_says(url)
        or label_says(label, url)
    ):
        return False
    return bool(_among("shows", said))


def _tokens(text: str) -> list[str]:
    return plain(_CAMEL.sub(" ", text)).split()


def _among(section: str, tokens: list[str]) -> str:
    """The first listed word that stands among these."""
    apart, within = _words(section)
    for at, token in enumerate(tokens):
        for size in (3, 2, 1):
            if " ".join(tokens[at : at + size]) in apart:
                return " ".join(tokens[at : at + size])
        if any(word in token for word in within):
            return token
    return ""


@cache
def _words(section: str) -> tuple[frozenset[str], tuple[str, ...]]:
    raw = files("launchready").joinpath("data", "write_words.toml").read_text(encoding="utf-8")
    listed = [plain(word) for words in tomllib.loads(raw)[section].values() for word in words]
    spaceless = tuple(word for word in listed if word and max(map(ord, word)) >= 0x0900)
    return frozenset(listed), spaceless
