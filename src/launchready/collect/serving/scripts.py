"""Which scripts do pages and scripts name, also by halves of addresses? Pure.

A bundler cuts a front end into parts that are loaded when needed. A page names the first of them, these name the others:
whole, relative to themselves, relative to the folder that all are in, or put together from a table of numbers and hashes.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.collect.addresses import FETCHED, resolve

MOST = 2_000
"""Addresses taken from one text."""

_SRC = re.compile(
    r"""<script\b[^>]*?\bsrc\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s>"']+))|<link\b[^>]*?\bhref\s*=\s*"([^"]+\.m?js[^"]*)\"""",
    re.IGNORECASE,
)
_LITERAL = re.compile(
    r"""["'`]((?:\.{0,2}/)?(?:[\w@~.\-\[\]%$]{1,80}/){0,9}[\w@~\-\[\]%$][\w@~.\-\[\]%$]{0,120}\.m?js)["'`]"""
)
_TABLE = re.compile(
    r"""["'`]([\w@~.\-/]{0,80})["'`]\s*\+\s*(?:\(?\s*)?(?:\(?\{[^{}]{0,4000}\}\[(\w+)\]\s*\|\|\s*)?\2?(\w+)?\)?\s*\+\s*["'`]([.\-])["'`]\s*\+\s*"""
    r"""\{([^{}]{1,40000})\}\[\w+\]\s*\+\s*["'`]([\w.\-]{0,20}\.m?js)["'`]"""
)
_NAMES = re.compile(r"""([\w]+|"[^"]{1,80}")\s*:\s*["'`]([\w\-]{4,64})["'`]""")


def named(text: str, url: str, *, html: bool) -> tuple[str, ...]:
    """Absolute addresses of the scripts that a page or a script names; some may not exist."""
    found: dict[str, None] = {}
    addresses = _of_page(text, url) if html else _of_script(text, url)
    for address in addresses:
        if address.startswith(tuple(f"{scheme}://" for scheme in FETCHED)):
            found[address] = None
        if len(found) >= MOST:
            break
    return tuple(found)


def _of_page(text: str, url: str) -> Iterator[str]:
    for match in _SRC.finditer(text):
        written = next(filter(None, match.groups()), "")
        yield resolve(url, written.replace("&amp;", "&"))


def _of_script(text: str, url: str) -> Iterator[str]:
    for match in _LITERAL.finditer(text):
        yield _placed(match[1], url)
    for match in _TABLE.finditer(text):
        folder, between, table, end = match[1], match[4], match[5], match[6]
        for number, name in _NAMES.findall(table):
            yield _placed(f"{folder}{number.strip(chr(34))}{between}{name}{end}", url)


def _placed(written: str, url: str) -> str:
    """Where a script's word for another one leads.

    "./x.js" stands beside the script; of "static/x.js" the folder is known by its first name, if the script's own
    address has it, else it hangs from the root.
    """
    if written.startswith(("/", "./", "../")):
        return resolve(url, written)
    first, slash, _ = written.partition("/")
    if not slash:
        return resolve(url, written)
    own = urlsplit(url).path
    at = own.find(f"/{first}/")
    return resolve(url, f"{own[:at] if at >= 0 else ''}/{written}")
