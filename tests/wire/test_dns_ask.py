"""Questions of any kind: each answer is present, absent, or could not be told, and the last is never taken for the second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from launchready.evidence.dns import Answer
from launchready.mailauth.known import Known
from launchready.mailauth.spf import check_sender
from launchready.wire import Wire
from launchready.wire import dns as wire_dns
from launchready_testbed.dns import NameServer, sound_zone

STRINGS = ('"v=spf1 ip4:192.0.2.1" " -all"', '"caf\\195\\169"', '""')


class Counting(NameServer):
    """The bed's name server; `asked` counts messages over UDP and over TCP."""

    def __init__(self, zones: Any) -> None:
        super().__init__(lambda: zones)
        self.asked = {"udp": 0, "tcp": 0}

    def reply(self, wire: bytes, limit: int | None) -> bytes | None:
        self.asked["udp" if limit else "tcp"] += 1
        return super().reply(wire, limit)


def zones() -> dict[str, Any]:
    zone = sound_zone("a.test", "www.a.test")
    zone.records["a.test"]["TXT"] = list(STRINGS)
    zone.add("long.a.test", "TXT", *(f'"{number:0200}"' for number in range(9)))
    zone.add("alias.a.test", "CNAME", "www.a.test.")
    zone.add("away.a.test", "CNAME", "far.b.test.")
    zone.add("nowhere.a.test", "CNAME", "gone.a.test.")
    zone.add("round.a.test", "CNAME", "again.a.test.")
    zone.add("again.a.test", "CNAME", "round.a.test.")
    zone.add("a\\032b.a.test", "TXT", '"odd"')
    zone.add("*.wild.a.test", "TXT", '"any"')
    for trouble in ("silence", "servfail", "refused", "bogus", "bogus-told", "cut", "lame", "garbage"):
        zone.add(f"{trouble}.a.test", "TXT", '"there"')
        zone.trouble[f"{trouble}.a.test"] = trouble  # type: ignore[assignment] # mypy knows no literals in loops
    other = sound_zone("b.test")
    other.secure = True
    other.add("far.b.test", "A", "127.0.0.9")
    return {"a.test": zone, "b.test": other}


@asynccontextmanager
async def looking(loopback: Any) -> AsyncIterator[tuple[Wire, Counting]]:
    server = Counting(zones())
    port = await server.start("127.0.0.1")
    try:
        yield loopback.wire(loopback.site(resolver={"nameservers": [f"127.0.0.1:{port}"]})), server
    finally:
        server.close()
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("A.test.", "TXT", Answer("a.test", "TXT", "present", ("", "cafÃ©", "v=spf1 ip4:192.0.2.1 -all"))),
        ("a.test", "MX", Answer("a.test", "MX", "present", ("0 .",))),
        ("www.a.test", "AAAA", Answer("www.a.test", "AAAA", "absent")),
        ("gone.a.test", "A", Answer("gone.a.test", "A", "absent", no_such_name=True)),
        ("alias.a.test", "A", Answer("alias.a.test", "A", "present", ("127.0.0.1",), ("www.a.test",))),
        ("away.a.test", "A", Answer("away.a.test", "A", "present", ("127.0.0.9",), ("far.b.test",))),
        ("nowhere.a.test", "A", Answer("nowhere.a.test", "A", "absent", (), ("gone.a.test",))),
        ("b.test", "TXT", Answer("b.test", "TXT", "present", ("v=spf1 -all",), secure=True)),
        ("a\\032b.a.test", "TXT", Answer("a\\032b.a.test", "TXT", "present", ("odd",))),
        ("x.y.wild.a.test", "TXT", Answer("x.y.wild.a.test", "TXT", "present", ("any",))),
    ],
)
async def test_what_is_said(loopback: Any, name: str, kind: str, expected: Answer) -> None:
    async with looking(loopback) as (wire, _):
        assert await wire.dns.ask(name, kind) == expected


@pytest.mark.parametrize(
    ("name", "trouble", "says"),
    [
        ("silence.a.test", "timeout", "in time"),
        ("garbage.a.test", "timeout", "in time"),
        ("servfail.a.test", "servfail", "SERVFAIL"),
        ("refused.a.test", "refused", "REFUSED"),
        ("out-of-zone.test", "refused", "REFUSED"),
        ("bogus.a.test", "bogus", "not to check DNSSEC"),
        ("bogus-told.a.test", "bogus", "no valid signature"),
        ("cut.a.test", "truncated", "too long for UDP"),
        ("lame.a.test", "lame", "points elsewhere"),
        ("round.a.test", "loop", "never end"),
        (f"{'a' * 64}.test", "malformed", "no name"),
    ],
)
async def test_what_is_not_told_is_no_absence(
    loopback: Any, monkeypatch: pytest.MonkeyPatch, name: str, trouble: str, says: str
) -> None:
    monkeypatch.setattr(wire_dns, "_LIFETIME", 1.0)
    async with looking(loopback) as (wire, _):
        found = await wire.dns.ask(name, "TXT")
    assert (found.outcome, found.trouble, found.records) == ("untold", trouble, ())
    assert found.why is not None
    assert says in found.why.detail


async def test_a_long_answer_is_fetched_over_tcp(loopback: Any) -> None:
    async with looking(loopback) as (wire, server):
        assert len((await wire.dns.ask("long.a.test", "TXT")).records) == 9
        assert server.asked == {"udp": 1, "tcp": 1}


async def test_a_question_is_asked_and_written_down_once(loopback: Any) -> None:
    async with looking(loopback) as (wire, server):
        answers = await asyncio.gather(
            *(wire.dns.ask(name, "MX") for name in ("a.test", "A.TEST.", "a.test"))
        )
        assert len(set(answers)) == 1
        assert server.asked == {"udp": 1, "tcp": 0}
    assert [(line["method"], line["url"]) for line in loopback.lines] == [("DNS", "dns:a.test?type=MX")]


async def test_a_spent_budget_is_no_absence(loopback: Any) -> None:
    async with looking(loopback) as (wire, server):
        wire.gate.spend(requests=20_000)
        found = await wire.dns.ask("a.test", "TXT")
        assert server.asked == {"udp": 0, "tcp": 0}
    assert found.outcome == "untold"
    assert found.why is not None
    assert found.why.cause == "no-consent"


async def test_a_closed_port_is_no_absence(loopback: Any) -> None:
    nobody = f"127.0.0.1:{loopback.closed_port()}"
    found = await loopback.wire(loopback.site(resolver={"nameservers": [nobody]})).dns.ask("a.test", "TXT")
    assert (found.outcome, found.trouble) == ("untold", "refused")


async def test_the_second_name_server_is_asked_where_the_first_does_not_answer(loopback: Any) -> None:
    server = Counting(zones())
    port = await server.start("127.0.0.1")
    servers = [f"127.0.0.1:{loopback.closed_port()}", f"127.0.0.1:{port}"]
    found = await loopback.wire(loopback.site(resolver={"nameservers": servers})).dns.ask("a.test", "MX")
    server.close()
    assert found.outcome == "present"


async def test_servers_that_never_said_a_word_are_not_waited_for_over_and_over(
    loopback: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire_dns, "_LIFETIME", 0.3)
    async with looking(loopback) as (wire, server):
        server.silent = True
        await asyncio.gather(*(wire.dns.ask(f"n{number}.a.test", "A") for number in range(3)))
        monkeypatch.setattr(wire_dns, "_LIFETIME", 10.0)
        async with asyncio.timeout(8):
            assert (await wire.dns.ask("www.a.test", "A")).trouble == "timeout"
        server.silent = False
        assert (await wire.dns.ask("www.a.test", "AAAA")).outcome == "absent"


async def test_open_questions_are_asked_until_none_is_open(loopback: Any) -> None:
    async with looking(loopback) as (wire, server):
        known = Known()
        await wire.dns.settle(
            known,
            lambda known: check_sender(known, "192.0.2.1", "x@a.test"),
            lambda known: check_sender(known, "192.0.2.1", "x@b.test"),
        )
        assert not known.open
        assert server.asked == {"udp": 2, "tcp": 0}
    assert [check_sender(known, "192.0.2.1", f"x@{each}.test").result for each in "ab"] == ["pass", "fail"]
