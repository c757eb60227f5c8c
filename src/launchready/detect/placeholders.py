"""Is a value one that somebody chose, or does it only hold the place of one? Examples, variables, masks, types."""

import re
from base64 import b64decode
from binascii import Error
from collections import Counter
from hashlib import sha256
from itertools import pairwise
from math import log2

import re2

# By RE2, in which this many words cost no more than one; it knows no free spacing, so the white space is taken out.
_HOLDS_A_PLACE = r"""
      example | sample | placeholder | change[-_\x20]?(?:me|it|this) | your[-_\x20]? | dummy | \bfake | redacted | filtered
    | censored | masked | removed | replace | insert | enter[-_\x20]
    | put[-_\x20] | todo | fixme | not[-_\x20]?(?:set|used|real|secret)
    | x{4,} | \*{3,} | •{2,} | \.{3} | … | -{4,} | _{4,} | \?{3,} | 0{6,} | 1{6,}
    | [$\#%@]\{ | \$\( | \{\{ | %\( | %\w+% | <% | ^\$[A-Za-z_]\w*$ | ^@\w+@$ | ^<.*>$
    | ^\[.*\]$ | ^\{.*\}$ | ^\(\w+\)$
    | process\.env | import\.meta | os\.environ | getenv | env\[ | secrets?\. | config\. | settings\.
    | ^(?:vault|env|enc|file|keyring|op|ssm|arn|aws|gcp|secret|secretref|ref|sm|azurekeyvault|awskms|sops|pass|cmd|exec)
      [:(\[] | ^ENC[\[(] | ^![a-z]+$ | ^1?2?345 | ^abc(?:def|123) | ^qwert | ^asdf | foobar | ^key[-_]?\d{1,4}$
    | deadbeef | lorem | correct.?horse | ^hunter\d$ | ^open.?sesame$
    | 0?123456789 | abcdefgh
    | ^(?:none|null|nil|undefined|true|false|yes|no|on|off|empty|unset|unknown|any|string|str|text|varchar|char|bytes?
        |int(?:eger)?|number|bool(?:ean)?|object|array|optional|required|hidden|secret|token|key|value|default|auto|random
        |root|admin|administrator|postgres|mysql|redis|guest|user|username|\d{0,4}test[\w@!.-]{0,6}|testing|demo|development|dev|local
        |letmein
        |pass|passwd|pwd|passwort|kennwort|welcome|master|public|anonymous|nobody|basic|bearer|digest)$
    | ^p[a@4][s$5]{2}(?:w(?:[o0]r)?d|wort|phrase)?[-_!@\#$.\d\\]{0,8}$ | ^s[e3]cr[e3]t[-_!@\#$.\d]{0,6}$
    | ^(?:my|the|new|old|some|a|strong|super|top|very|db|root|admin|user|test)[-_\x20]?(?:super[-_\x20]?)?
      (?:pass(?:w(?:or)?d|wort|phrase)?|pwd|secret|token|key|api[-_]?key)(?:[-_\x20]?(?:key|here|value|123|\d{1,4}|!))*$
"""
_PLACEHOLDER = re2.compile("(?i)" + "".join(_HOLDS_A_PLACE.split()))

WELL_KNOWN = frozenset(
    (
        "sk_" + "test_" + "4eC39HqLyjWDarjtT1zdp7dc",  # Stripe's
        "sk_" + "test_" + "BQokikJOvBiI2HlWgH4olfQ2",  # Stripe's
    )
)
"""Keys that providers print in their documentation; they open nothing."""

_PRINTED = frozenset(
    """27a9a42931dff7eb 49f777db995e8260 a6c814bc555ae62c 8731261cb72d8626 37f8f09bdf12c2f2 eb540d2b6ee2a0a4
    2037abcaffb2b777 3a8b61d0f636b007 4c98242dcadc8b29 ea9bb1082cf95663 3f370c9dd8225c63 a19f89ab3555eac1
    e4a5542bb7fd7b67 dc0fcf046c61640c 2f21fd9c81678e39
    0b476bdf9acf2123 dba72c00f41f4e4c a0702bc91d699f60 1909ae4612529372
    0011cc25eb432071""".split()
)
# How the digests of more such keys begin: those in Google's own Firebase libraries, Yarn's for its search, that of Azure's
# emulator, and the passwords in the documentation of NuGet. By digest, so that no scanner takes this file for a leak.


def is_printed(value: str) -> bool:
    """Whether a well-known library prints this key, so that every copy of the library has it."""
    return sha256(value.encode()).hexdigest()[:16] in _PRINTED


def holds_a_place(value: str) -> bool:
    """Whether the value stands for one that is to be put there, or is a word of the language around it."""
    return bool(_PLACEHOLDER.search(value)) or len(set(value)) < min(5, len(value)) or _counts_up(value)


def _counts_up(value: str) -> bool:
    """Whether most of it goes on by one, as what somebody makes up who needs many characters: `ABCDEvwxyz0189`."""
    steps = sum(ord(after) - ord(before) == 1 for before, after in pairwise(value))
    return len(value) >= 8 and steps * 2 >= len(value)


def says_nothing(value: str) -> bool:
    """Whether the part of a key that chance should have made is none: one character over and over, or the alphabet."""
    if value in WELL_KNOWN or is_printed(value):
        return True
    tail = value[-16:]
    return (
        len(set(tail)) <= 4
        or "EXAMPLE" in value.upper()
        or "XXXXX" in value.upper()
        or "..." in value
        or any(
            run in value.lower()
            for run in ("0123456789abcdef0", "abcdefghijklmnopqrs", "12345678901234567", "your_", "your-")
        )
    )


def unpacked(value: str) -> str:
    """The text that it is in base64; itself if it is none."""
    if len(value) % 4 or not _BASE64.fullmatch(value):
        return value
    try:
        text = b64decode(value, validate=True).decode().strip()
    except (Error, UnicodeDecodeError):
        return value
    return text if text.isprintable() and text else value


_BASE64 = re.compile(r"[A-Za-z0-9+/]{6,}={0,2}")
_THRICE = re.compile(r"(.{4,12})\1\1", re.IGNORECASE | re.DOTALL)


_TURNS = re.compile(r"[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|[0-9](?=[A-Za-z])")


def is_mixed(part: str) -> bool:
    """Whether a word of ten signs and more goes to and fro between small and great letters and digits, as chance does."""
    return len(part) >= 10 and len(_TURNS.findall(part)) * 4 >= len(part)


def repeats(value: str) -> bool:
    """Whether some characters stand in it three times in a row: nothing that chance made has that, but examples do."""
    return bool(_THRICE.search(value[:512]))


def entropy(value: str) -> float:
    """Shannon's entropy in bits for each character."""
    return -sum(n / len(value) * log2(n / len(value)) for n in Counter(value).values()) if value else 0.0
