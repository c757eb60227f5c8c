"""Which domains the portal's mail is from, and that what their name servers do not tell is not taken for absent."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from launchready.checks.email import spf
from launchready.collect.mail_domains import mail_domains
from launchready.evidence import Missing
from launchready.evidence.letters import Delivery, Letter, MailDrill
from launchready.evidence.mail_domains import MailDomain, MailDomains
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready_testbed.dns import NameServer, Zone, sound_zone

NOT_HERE = Missing(Cause.NO_CONSENT, "not here", "consent")


def drill(*domains: str) -> MailDrill:
    letters = tuple(Letter("inbox", 1.0, from_domain=each, return_path=f"b@{each}") for each in domains)
    return MailDrill(("m",), (Delivery("invite", "m", "imap", letters=letters),))


async def collected(
    loopback: Any,
    host: str,
    zones: Iterable[Zone] = (),
    *,
    seen: MailDrill | Missing = NOT_HERE,
    **email: Any,
) -> MailDomains:
    known = {zone.apex: zone for zone in (sound_zone("x.example"), *zones)}
    server = NameServer(lambda: known)
    port = await server.start("127.0.0.1")
    try:
        site = loopback.site(host=host, resolver={"nameservers": [f"127.0.0.1:{port}"]}, email=email)
        return await mail_domains(loopback.wire(site), site, seen, NOT_HERE)
    finally:
        server.close()
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("host", "declared", "seen", "expected"),
    [
        ("portal.x.example", (), (), {"x.example": ("portal",)}),
        ("portal.x.co.uk", (), (), {"x.co.uk": ("portal",)}),
        ("portal.x.example", ("a@mail.x.example", "b@mail.x.example"), (), {"mail.x.example": ("declared",)}),
        ("portal.x.example", ("a@x.example",), ("x.example",), {"x.example": ("declared", "letter")}),
        ("portal.x.example", (), ("y.example",), {"y.example": ("letter",)}),
        ("shop.pages.dev", (), (), {}),
        ("127.0.0.1", (), (), {}),
        ("localhost", (), (), {}),
    ],
)
async def test_whence_mail_comes(
    loopback: Any, host: str, declared: tuple[str, ...], seen: tuple[str, ...], expected: dict[str, Any]
) -> None:
    named: dict[str, Any] = {"from": list(declared)} if declared else {}
    found = await collected(loopback, host, seen=drill(*seen) if seen else NOT_HERE, **named)
    assert {each.name: each.known_from for each in found.domains} == expected
    assert bool(found.gaps) is not bool(expected)
    if not expected:
        assert isinstance(spf.judge(found, NOT_HERE), Unknown)


@pytest.mark.parametrize(
    ("records", "trouble", "kind"),
    [
        ({"x.example": "v=spf1 a include:_spf.x.example -all", "_spf.x.example": "v=spf1 mx ~all"}, {}, Pass),
        ({"x.example": "v=spf1 a include:_spf.x.example -all"}, {}, Fail),
        ({"x.example": "v=spf1 include:_spf.x.example -all"}, {"_spf.x.example": "servfail"}, Unknown),
        ({"x.example": "v=spf1 include:_spf.y.example -all"}, {}, Unknown),  # whose servers refuse
        ({}, {("x.example", "TXT"): "bogus"}, Unknown),
        ({}, {("x.example", "TXT"): "lame"}, Unknown),
    ],
)
async def test_from_the_wire_to_the_verdict(
    loopback: Any, records: dict[str, str], trouble: dict[Any, Any], kind: type
) -> None:
    zone = sound_zone("x.example")
    for name, text in records.items():
        zone.remove(name, "TXT")
        zone.add(name, "TXT", f'"{text}"')
    zone.trouble |= trouble
    found = await collected(loopback, "portal.x.example", [zone], **{"from": ["a@x.example"]})
    assert found.domains == (MailDomain("x.example", ("declared",)),)
    assert type(spf.judge(found, NOT_HERE)) is kind


async def test_the_same_names_give_the_same_evidence(loopback: Any) -> None:
    first, second = [await collected(loopback, "portal.x.example") for _ in range(2)]
    assert first == second
    assert list(first.answers) == sorted(first.answers, key=lambda each: (each.name, each.kind))
