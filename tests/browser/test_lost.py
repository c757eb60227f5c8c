"""A browser that dies in the middle of a look takes only the pages with it that were still to come."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from launchready.collect.browser import browse
from launchready.collect.people import People
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook
from launchready.verdict import Cause

from .conftest import Bench, Server, SiteMaker

pytestmark = pytest.mark.browser


def _chromium_below(parent: int) -> list[int]:
    """The browser processes that this process started, children of children included."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *_chromium_below(child)]
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_the_rest_is_unknown(server: Server, make_site: SiteMaker) -> None:
    for name in ("one", "two", "three"):
        server.page(f"/lost/{name}", "<p>here")
    urls = [f"https://portal.test:{server.port}/lost/{name}" for name in ("one", "two", "three")]

    async def run() -> BrowserLook:
        bench = Bench(make_site())
        async with bench.wire:
            crawl = await bench.crawl(*urls)
            attach = bench.wire.attach

            def killing(data: bytes, suffix: str) -> str:
                """Called with the first page's screenshot."""
                for process in _chromium_below(os.getpid()):
                    if (
                        b"--type=" not in (line := Path(f"/proc/{process}/cmdline").read_bytes())
                        and b"chromium" in line
                    ):
                        os.kill(process, signal.SIGKILL)
                return attach(data, suffix)

            bench.wire.attach = killing
            return await browse(
                bench.wire,
                bench.site,
                crawl,
                Missing(Cause.NOT_COLLECTED, "", ""),
                People(bench.wire, bench.site),
            )

    look = asyncio.run(run())
    assert look.pages[0].why is None, "it was looked at before the browser died"
    assert len(look.pages) == 3
