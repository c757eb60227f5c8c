"""The little languages in attributes and headers: srcset, refresh and Link, as the standards read them."""

import re
from collections.abc import Iterator

WORDS = re.compile(r"[\t\n\f\r ]+")
"""What separates words in HTML attributes."""


def candidates(srcset: str | None) -> Iterator[str]:
    """The addresses of a srcset, without their descriptors, by the standard's own steps."""
    rest = srcset or ""
    while rest := rest.lstrip("\t\n\f\r ,"):
        written = WORDS.split(rest, maxsplit=1)[0]
        rest = rest[len(written) :]
        if written.endswith(","):
            written = written.rstrip(",")
        else:
            rest = re.sub(r"^(?:\([^)]*\)|[^,(])*", "", rest)
        yield written
        if rest.startswith("("):
            return  # an unclosed bracket swallows the rest


_REFRESH = re.compile(
    r"""[\s\d.]*[;,\s]\s*(?:url\s*=\s*)?(?:'([^']*)|"([^"]*)|(.*))""", re.IGNORECASE | re.DOTALL
)


def refresh_target(content: str) -> str:
    """The address in `5; url=/there`, quoted or not; empty where the page only reloads itself."""
    match = _REFRESH.match(content)
    return next((group for group in match.groups() if group), "") if match else ""


_LINK_VALUE = re.compile(r"<([^>]*)>((?:\s*;\s*[\w*\-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))?)*)")
_LINK_PARAMETER = re.compile(r"([\w*\-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))")


def link_values(value: str) -> Iterator[tuple[str, frozenset[str], str]]:
    """Each target of a Link header with its relations and its `as`."""
    for match in _LINK_VALUE.finditer(value):
        parameters = {name.lower(): (a or b).lower() for name, a, b in _LINK_PARAMETER.findall(match[2])}
        yield match[1], frozenset(WORDS.split(parameters.get("rel", ""))), parameters.get("as", "")
