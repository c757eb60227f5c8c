"""Whether the scripts of a page read the parameters of its address. By their text: nothing is run."""

import re
from urllib.parse import urlsplit

from launchready.collect.addresses import resolve
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.site import Site
from launchready.wire.visitor import Visitor

_READS = re.compile(
    rb"location\s*(?:\.|\[\s*[\"'])\s*(?:search|hash|href)|URLSearchParams|searchParams|useSearch|\$route|queryParam"
    rb"|new\s+URL\s*\(\s*(?:window\.|document\.|self\.)?location|document\s*\.\s*(?:URL|documentURI|baseURI)"
)
_IMPORTS = re.compile(rb"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"'\s]{1,300})["']""")
_MOST = 16


async def reads_address(visitor: Visitor, site: Site, url: str) -> bool:
    """Whether any script of this page, or one that they import, reads more of the address than its path.

    True as well where that cannot be told: a script of others, one that is not there, or too many of them.
    """
    try:
        page = Page(url, (await visitor.follow("GET", url))[-1])
    except WireError:
        return True
    inline = [node.text(deep=True).encode() for node in page.tree.css("script:not([src])")]
    if any(_READS.search(each) for each in inline):
        return True
    waiting = [*page.scripts, *(each for text in inline for each in _imported(text, url))]
    seen: set[str] = set()
    while waiting:
        script = waiting.pop()
        if script in seen:
            continue
        seen.add(script)
        if len(seen) > _MOST or urlsplit(script).hostname not in site.hosts:
            return True
        try:
            answer = await visitor.fetch("GET", script)
        except WireError:
            return True
        if answer.exchange.status != 200 or answer.exchange.truncated or _READS.search(answer.body):
            return True
        waiting += _imported(answer.body, script)
    return False


def _imported(source: bytes, base: str) -> list[str]:
    """Addresses of the scripts that a script imports."""
    named = (match[1].decode("utf-8", "replace") for match in _IMPORTS.finditer(source))
    return [url for name in named if name.startswith((".", "/", "http")) and (url := resolve(base, name))]
