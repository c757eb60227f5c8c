"""Passwords in addresses and connection strings: those that somebody chose, not the places that documentation holds."""

import re
from urllib.parse import unquote

from launchready.detect.code import is_word
from launchready.detect.generic import is_settings
from launchready.detect.placeholders import holds_a_place, repeats
from launchready.detect.seen import SHAPE, Judged, Seen

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://([^:@/]*):\Z", re.IGNORECASE)
_DATABASES = re.compile(
    r"(?i)postgres|mysql|maria|mongo|mssql|sqlserver|oracle|cockroach|clickhouse|redis|cassandra|neo4j|jdbc"
)
_EXAMPLE_HOST = re.compile(
    r"@(?:www\.)?(?:example\.(?:com|org|net)|host(?:name)?|your[\w.-]*|my[-_]?host|my[-_]\w+|server|domain\.com)(?![\w.-])",
    re.IGNORECASE,
)

_CONSTANT = re.compile(r"(?:[A-Z]+_)+[A-Z]+\d?")  # documentation's RABBIT_PASS, to be replaced
# Hosts that nobody reaches from elsewhere: this machine, its neighbours by their first name, private addresses.
_NEAR = re.compile(
    r"@(?:[\w-]+(?![\w.-])|[\w.-]+\.(?:local|localhost|internal|test|invalid|example|lan)(?![\w.-])"
    r"|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])",
    re.IGNORECASE,
)


def address(seen: Seen) -> Judged | None:
    """A password before the host; None for a place, a word of documentation or a host that is an example."""
    scheme = _SCHEME.search(seen.before(128))
    password = unquote(seen.value)
    if scheme is None or re.search(r"[{}<>()|^*\[\]\\,]|%s|%d|^\$|^:", seen.value):
        return None
    after = seen.text[seen.hit.end : seen.hit.end + 80].decode("utf-8", "replace")
    if password in (scheme[2], "postgres", "root") or holds_a_place(password) or repeats(password):
        return None
    if _EXAMPLE_HOST.match(after) or _CONSTANT.fullmatch(password) or "\ufffd" in password:
        return None
    if _NEAR.match(after) and _is_a_products_own(password, scheme[2]) and not is_settings(seen.path):
        return None
    kind = "database password" if _DATABASES.match(scheme[1]) else "password in an address"
    return seen.judged(kind, SHAPE, value=password)


def _is_a_products_own(password: str, user: str) -> bool:
    """Whether it is a word, or the user's name and a little more, as each copy of a product has it at first."""
    return is_word(password) or (user.lower() in password.lower() and len(password) <= len(user) + 4)


def connection_string(seen: Seen) -> Judged | None:
    """A password among the settings of a database's driver."""
    if holds_a_place(seen.value) or re.search(r"[{}<>]", seen.value):
        return None
    return seen.judged("database password", SHAPE)
