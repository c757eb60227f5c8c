"""The row `auth` on the test bed's portal as four people: requests, time, and as many requests by a bare client.

Bars: 600 requests and 60 s, drills and brute force apart; one session starts within a few requests. The bare client is
aiohttp asking one page as often as the row asked anything, eight at once, over the same TLS, in the same run.
"""

import asyncio
import io
import json
import ssl
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp

from launchready.checks import all_checks
from launchready.engine import Facts, gather
from launchready.evidence import Missing
from launchready.evidence.password_reset import PasswordReset
from launchready.evidence.second_factor import CodeDrills
from launchready.site import Site, read_site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready_testbed import Bed

ROUNDS = 5
AT_ONCE = 8
DRILLS = ("auth/brute-force", "auth/enumeration", "auth/password-reset")


def main() -> None:
    """Print the row's requests and seconds, and the ratio to a bare client, as medians of some rounds."""
    checks = tuple(c.id for c in all_checks() if c.row == "auth" and c.id not in DRILLS)
    rows, ratios, counts, starts = [], [], [], []
    with tempfile.TemporaryDirectory() as scratch, Bed.start() as bed:
        file = Path(scratch) / "launchready.toml"
        file.write_text(bed.portal_file(active=True), encoding="utf-8")
        site = read_site(str(file))
        for _ in range(ROUNDS):
            bed.switch(())
            count, seconds = row(site, checks)
            starts.append(row(site, ("auth/login",))[0])
            bare = asyncio.run(ask(bed, count))
            rows.append(seconds)
            counts.append(count)
            ratios.append(seconds / bare)
    print(
        f"row auth, four people, drills apart: {statistics.median(counts):.0f} requests (bar 600), "
        f"{statistics.median(rows):.1f} s (bar 60), {statistics.median(ratios):.1f} x a bare client's time for as many; "
        f"signing all four in with proof: {statistics.median(starts):.0f} requests"
    )


def row(site: Site, checks: tuple[str, ...]) -> tuple[int, float]:
    """Requests and seconds of looking without a browser, the drills apart that some of the checks need as well."""
    begun = time.perf_counter()
    journal = asyncio.run(looked(site, checks))
    took = time.perf_counter() - begun
    return sum(json.loads(line)["method"] != "CONNECT" for line in journal.splitlines()), took


async def looked(site: Site, checks: tuple[str, ...]) -> str:
    """The journal of one look, signing out included."""
    journal = io.StringIO()
    apart = Missing(Cause.NOT_COLLECTED, "drills are measured by themselves", "see there")
    facts: Facts = {PasswordReset: apart, CodeDrills: apart}
    wanted = [check for check in all_checks() if check.id in checks]
    async with Wire(
        site, journal=journal, attach=lambda _, suffix: suffix, consent=Touch.PROBE, browser=False
    ) as wire:
        await gather(wire, site, wanted, facts)
    return journal.getvalue()


async def ask(bed: Bed, count: int) -> float:
    """Seconds in which a bare client asks for the start page `count` times."""
    context = ssl.create_default_context(cafile=str(bed.ca_file))
    resolver = _Here()
    connector = aiohttp.TCPConnector(limit=AT_ONCE, ssl=context, resolver=resolver)
    async with aiohttp.ClientSession(connector=connector) as session:
        begun = time.perf_counter()

        async def some(number: int) -> None:
            for _ in range(number):
                async with session.get(bed.url) as answer:
                    await answer.read()

        share, more = divmod(count, AT_ONCE)
        await asyncio.gather(*(some(share + (at < more)) for at in range(AT_ONCE)))
        return time.perf_counter() - begun


class _Here(aiohttp.abc.AbstractResolver):
    """Every name is this machine."""

    async def resolve(self, host: str, port: int = 0, family: int = 2) -> list[aiohttp.abc.ResolveResult]:
        here = {"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}
        return [aiohttp.abc.ResolveResult(**here)]  # type: ignore[typeddict-item]

    async def close(self) -> None:
        """Nothing is open."""


if __name__ == "__main__":
    main()
