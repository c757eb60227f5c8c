"""Thirty pages in several tabs at once are all looked at whole."""

import asyncio

import pytest

from launchready.collect.browser import browse
from launchready.collect.people import People
from launchready.evidence import Missing
from launchready.verdict import Cause

from .conftest import Bench, Server, SiteMaker

pytestmark = pytest.mark.browser


def test_thirty_tiny_pages(server: Server, make_site: SiteMaker) -> None:
    for number in range(30):
        server.page(f"/tiny/{number}", "<title>t</title><img src=/i.gif><script src=/a.js></script>")
    server.page("/a.js", "document.title = 'x'", "text/javascript")
    urls = [f"https://portal.test:{server.port}/tiny/{number}" for number in range(30)]

    async def run() -> None:
        bench = Bench(make_site())
        async with bench.wire:
            crawl = await bench.crawl(*urls)
            look = await browse(
                bench.wire,
                bench.site,
                crawl,
                Missing(Cause.NOT_COLLECTED, "", ""),
                People(bench.wire, bench.site),
            )
            assert len(look.pages) == 30
            assert all(page.complete and not page.mixed for page in look.pages)

    asyncio.run(run())
