"""Which entries of the main navigation a new member of staff can follow without a thought."""

from collections import Counter
from urllib.parse import urlsplit

from launchready.collect.frontier import changes_something
from launchready.collect.links import read_links
from launchready.collect.wording import label_says
from launchready.evidence.http import Exchange
from launchready.site import Site
from launchready.wire.tab import Tab

MOST_PAGES = 15
"""Entries that are followed."""
_NAVIGATION = "nav, header, aside, [role=navigation], [role=menu], [role=menubar], [role=banner]"
_HTML = (("content-type", "text/html; charset=utf-8"),)

Entry = tuple[str, str, str]
"""A link: as written, its absolute address, its words."""


async def entries_of(tab: Tab, site: Site) -> tuple[list[Entry], Counter[str]]:
    """The entries to follow, in order, and how many were left out for which reason.

    Where no part of the page says that it is for navigation, all its links count.
    """
    links = await tab.links(_NAVIGATION) or await tab.links("body")
    content = (await tab.content()).encode("utf-8", "replace")
    page = Exchange("GET", "", 200, _HTML, len(content), truncated=False, digest="", address="")
    known = read_links(content, page, tab.url)
    chosen: list[Entry] = []
    left_out: Counter[str] = Counter()
    seen = {tab.url.partition("#")[0]}
    for written, full, words in links:
        url = full.partition("#")[0]
        parts = urlsplit(url)
        if url in seen or parts.scheme not in ("http", "https"):
            continue
        seen.add(url)
        if not site.in_scope(parts.hostname or ""):
            left_out["leads out of the portal"] += 1
        elif url in known.left_out or changes_something(url) or label_says(words, url):
            left_out["reads as if it signed out or changed something"] += 1
        elif len(chosen) >= MOST_PAGES:
            left_out[f"beyond the first {MOST_PAGES}"] += 1
        else:
            chosen.append((written, url, words))
    return chosen, left_out
