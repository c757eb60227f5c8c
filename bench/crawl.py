"""Pages a second against the test bed, and how that compares with a bare client doing the same requests, in one run.

Bars: at least 150 pages a second without the browser, and within twice the time of a bare aiohttp client.
"""

import asyncio
import io
import ssl
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.evidence.http import Crawl
from launchready.evidence.sessions import Sessions
from launchready.site import Site, read_site
from launchready.wire import Wire
from launchready_testbed import Bed

PAGES = 300
ROUNDS = 5


async def ours(site: Site) -> Crawl:
    """One crawl as an audit does it."""
    async with Wire(site, journal=io.StringIO(), attach=lambda _data, suffix: suffix) as wire:
        return await crawl(wire, site, People(wire, site), Sessions(()))


async def bare(urls: list[str], port: int) -> int:
    """The same addresses by a client that only reads; as many at once as the crawl allows itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    class Loopback(aiohttp.abc.AbstractResolver):
        async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[aiohttp.abc.ResolveResult]:
            del family
            return [
                {"hostname": host, "host": "127.0.0.1", "port": port, "family": 2, "proto": 0, "flags": 0}
            ]

        async def close(self) -> None:
            """Nothing is open."""

    connector = aiohttp.TCPConnector(ssl=context, resolver=Loopback(), limit_per_host=8)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        queue = iter(urls)

        async def work() -> int:
            read = 0
            for url in queue:
                async with session.get(url, allow_redirects=False) as answer:
                    read += len(await answer.read())
            return read

        return sum(await asyncio.gather(*(work() for _ in range(8))))


def main() -> None:
    """Measure in turns and print medians and the ratio."""
    with TemporaryDirectory() as scratch, Bed.start(pages=PAGES) as bed:
        file = Path(scratch) / "launchready.toml"
        limits = f"[crawl]\nlimit = {PAGES + 60}\nper_shape = 1000\nconcurrency = 8"
        file.write_text(bed.portal_file(identities=False).replace("[crawl]", limits), encoding="utf-8")
        site = read_site(str(file))
        rates, ratios = [], []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            seen = asyncio.run(ours(site))
            took = time.perf_counter() - begun
            urls = [page.url for page in seen.pages if page.url.startswith("https:")]
            begun = time.perf_counter()
            asyncio.run(bare(urls, bed.https_port))
            rates.append(len(seen.pages) / took)
            ratios.append(took / (time.perf_counter() - begun))
        print(
            f"{len(seen.pages)} pages: {statistics.median(rates):.0f} pages/s (bar 150); "
            f"{statistics.median(ratios):.2f} x the time of a bare client (bar 2; medians of {ROUNDS} rounds)"
        )


if __name__ == "__main__":
    sys.exit(main())
