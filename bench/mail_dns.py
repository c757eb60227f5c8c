"""What the DNS of a thousand mail domains takes to fetch, against checkdmarc on the same name server, and to judge.

Each domain has SPF with two includes, MX, DMARC with reports that go elsewhere, and no MTA-STS, TLS-RPT or BIMI. The
name server is the test bed's, in a process of its own. Both tools look at SPF, DMARC, MX, MTA-STS, TLS-RPT and BIMI, in
turns; what DKIM selectors add for launchready is told apart. The peer gets an environment of its own, or that in
LAUNCHREADY_PEERS. Next to no time passes on loopback: `--milliseconds` lets the server answer later, as from afar.

    python bench/mail_dns.py [--domains N] [--milliseconds MS]
"""

import argparse
import asyncio
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from launchready.checks import all_checks
from launchready.collect.mail_domains import mail_domains
from launchready.evidence import Missing
from launchready.evidence.mail_domains import MailDomain, MailDomains
from launchready.mailauth import dmarc as dmarc_policy
from launchready.mailauth import senders as covered
from launchready.mailauth import spf_senders
from launchready.mailauth import transport as surroundings
from launchready.mailauth.known import Known
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready_testbed.dns import NameServer, Zone, sound_zone

PORTION = 250
"""Domains at a time, so that both have their share of what else the machine does."""
NOT_HERE = Missing(Cause.NOT_COLLECTED, "not part of this", "")
PEERS = ("checkdmarc>=6",)
PEER = """
import json, logging, sys, time
import checkdmarc, dns.resolver
logging.disable(logging.CRITICAL)
resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers, resolver.port = ["127.0.0.1"], int(sys.argv[1])
names = json.load(sys.stdin)
begun = time.perf_counter()
found = checkdmarc.check_domains(names, resolver=resolver, timeout=5.0)
print(time.perf_counter() - begun, sum(bool(each["spf"].get("valid")) for each in found))
"""


def name(number: int) -> str:
    """One of the domains."""
    return f"d{number}.example"


def zones(domains: int) -> dict[str, Zone]:
    """All of them, and those of the services they share."""
    shared = sound_zone("service.example")
    for host, text in (
        ("spf1", "v=spf1 ip4:198.51.100.0/26 ip4:198.51.100.64/26 ~all"),
        ("spf2", "v=spf1 include:pool.service.example ~all"),
        ("pool", "v=spf1 ip4:203.0.113.0/24 ~all"),
        ("*._report._dmarc.reports", "v=DMARC1"),
    ):
        shared.add(f"{host}.service.example", "TXT", f'"{text}"')
    shared.add("reports.service.example", "MX", "10 ns1.service.example.")
    found = {shared.apex: shared}
    for number in range(domains):
        apex = name(number)
        zone = sound_zone(apex, f"mx.{apex}")
        zone.records[apex]["MX"] = [f"10 mx.{apex}."]
        zone.records[apex]["TXT"] = [
            '"v=spf1 include:spf1.service.example include:spf2.service.example mx -all"',
            f'"verification={number}"',
        ]
        zone.add(f"_dmarc.{apex}", "TXT", '"v=DMARC1; p=reject; rua=mailto:reports@reports.service.example"')
        zone.add(f"selector1._domainkey.{apex}", "CNAME", "key.service.example.")
        found[apex] = zone
    return found


def serve(domains: int, milliseconds: float, pipe: Connection) -> None:
    """Answer questions; tell how many there were since, whenever asked."""
    asyncio.run(_serve(domains, milliseconds, pipe))


async def _serve(domains: int, milliseconds: float, pipe: Connection) -> None:
    server = Distant(zones(domains), milliseconds / 1000)
    pipe.send(await server.start("127.0.0.1"))
    while await asyncio.to_thread(pipe.recv):
        pipe.send(server.asked)
        server.asked = 0


class Distant(NameServer):
    """The bed's name server, which counts, and answers over UDP after a while."""

    def __init__(self, known: dict[str, Zone], seconds: float) -> None:
        super().__init__(lambda: known)
        self.asked = 0
        self.seconds = seconds

    def reply(self, wire: bytes, limit: int | None) -> bytes | None:
        """As ever."""
        self.asked += 1
        return super().reply(wire, limit)

    def send(self, reply: bytes, to: tuple[str, int]) -> None:
        """After the time that it takes from afar."""
        if self.seconds:
            asyncio.get_running_loop().call_later(self.seconds, super().send, reply, to)
        else:
            super().send(reply, to)


@contextmanager
def running(domains: int, milliseconds: float) -> Iterator[tuple[int, Connection]]:
    """The name server's port, and the way to ask it how often it was asked."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(domains, milliseconds, theirs))
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        ours.send("")
        process.join(10)
        process.kill()


def asked(pipe: Connection) -> int:
    """Questions since the last time."""
    pipe.send("how many?")
    count: int = pipe.recv()
    return count


async def fetch(port: int, names: list[str], *, keys: bool) -> MailDomains:
    """What launchready asks for these domains, with DKIM keys or without."""
    site = Site(
        portal={"url": "https://portal.example/"},
        resolver={"nameservers": [f"127.0.0.1:{port}"]},
        email={"from": [f"portal@{each}" for each in names]},
    )
    wire = Wire(site, journal=io.StringIO(), attach=lambda _data, suffix: suffix)
    wire.gate._requests_left = 1_000_000  # noqa: SLF001 -- the budget of a run is not meant for so many domains
    if keys:
        return await mail_domains(wire, site, NOT_HERE, NOT_HERE)
    known = Known()
    wanted = [
        evaluation
        for each in names
        for evaluation in (
            partial(spf_senders.want, domain=each, senders=()),
            partial(dmarc_policy.want, domain=each),
            partial(covered.want, domain=each, services=()),
            partial(surroundings.want, domain=each),
        )
    ]
    await wire.dns.settle(known, *wanted)
    return MailDomains(tuple(MailDomain(each, ("declared",)) for each in names), known.answers)


def peer(python: str, port: int, names: list[str]) -> float:
    """Seconds that checkdmarc takes."""
    done = subprocess.run(
        [python, "-c", PEER, str(port)], input=json.dumps(names), text=True, capture_output=True, check=True
    )
    seconds, valid = done.stdout.split()
    assert int(valid) == len(names), done.stdout
    return float(seconds)


@contextmanager
def environment() -> Iterator[str]:
    """A Python that has the peer."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(os.environ.get("LAUNCHREADY_PEERS") or f"{folder}/peers")
        if not home.exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", *PEERS], check=True)
        yield str(home / "bin/python")


def judged(facts: MailDomains) -> dict[str, str]:
    """What each check that needs no mail makes of all the domains together."""
    checks = [check for check in all_checks() if check.row == "email"]
    return {check.id: type(check.answer({MailDomains: facts})).__name__ for check in checks}


def main() -> None:
    """Print questions and seconds of both, the ratio, and how fast the answers are judged."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--domains", type=int, default=1000)
    parser.add_argument("--milliseconds", type=float, default=0.0)
    options = parser.parse_args()
    names = [name(number) for number in range(options.domains)]
    ours, theirs = 0.0, 0.0
    with running(options.domains, options.milliseconds) as (port, pipe), environment() as python:
        for start in range(0, len(names), PORTION):
            part = names[start : start + PORTION]
            begun = time.perf_counter()
            asyncio.run(fetch(port, part, keys=False))
            ours += time.perf_counter() - begun
            questions = asked(pipe) / len(part)
            theirs += peer(python, port, part)
            their_questions = asked(pipe) / len(part)
        print(f"launchready: {ours:.2f} s, {questions:.1f} questions a domain")
        print(f"checkdmarc: {theirs:.2f} s, {their_questions:.1f} questions a domain")
        print(f"ratio of time {theirs / ours:.1f}, of questions {their_questions / questions:.1f}")
        begun = time.perf_counter()
        facts = asyncio.run(fetch(port, names, keys=True))
        seconds, with_keys = time.perf_counter() - begun, asked(pipe) / len(names)
    print(f"with DKIM keys: {seconds:.2f} s, {with_keys:.1f} questions a domain")
    begun = time.perf_counter()
    verdicts = judged(facts)
    rate = len(names) / (time.perf_counter() - begun)
    print(f"judged: {rate:.0f} domains a second, {verdicts}")


if __name__ == "__main__":
    main()
