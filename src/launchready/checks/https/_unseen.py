"""Which https addresses could not be looked at. Pure."""

from collections.abc import Iterator

from launchready.evidence.http import Crawl, Unvisited
from launchready.evidence.redact import subject
from launchready.verdict import Doubt


def unvisited(crawl: Crawl) -> Iterator[Unvisited]:
    """Addresses on https that nobody was given: what one lost session missed, another visitor may have seen."""
    seen = {page.url for page in crawl.pages}
    for each in crawl.unvisited:
        if each.url.startswith("https:") and (each.who == "anonymous" or each.url not in seen):
            yield each


def unseen(crawl: Crawl) -> Iterator[Doubt]:
    """The same as doubts, each address once for each reason."""
    return (each.why.doubt(subject(each.url)) for each in unvisited(crawl))
