"""A name in a file is a claim; a record or a file on the host itself is proof."""

from collections.abc import Callable
from typing import Any

import pytest

from launchready.errors import Refused
from launchready.wire import Touch, Wire
from launchready.wire.control import FILE, asked, word

HOST = "portal.example.test"


def site_of(loopback: Any, nameserver: str = "", **more: Any) -> Any:
    scope = {"active": True, "authorised_by": "Ada Example", "addresses": ["127.0.0.0/8"]}
    resolver = {"resolver": {"nameservers": [nameserver]}} if nameserver else {}
    return loopback.site(**{"host": HOST} | more, scope=scope, **resolver)


def test_the_word_hangs_on_portal_and_person_alone(loopback: Any) -> None:
    mine = word(loopback.site(host="a.test", scope={"authorised_by": "Ada Example"}))
    assert mine == word(loopback.site(host="a.test", scope={"authorised_by": " ada  example "}))
    assert mine != word(loopback.site(host="a.test", scope={"authorised_by": "Bob Example"}))
    assert mine != word(loopback.site(host="b.test", scope={"authorised_by": "Ada Example"}))


async def test_this_machine_needs_no_proof(loopback: Any) -> None:
    site = site_of(loopback, host="127.0.0.1")
    wire: Wire = loopback.wire(site, consent=Touch.PROBE)
    found = await wire.require_control()
    assert [(each.host, each.proved) for each in found] == [("127.0.0.1", True)]
    wire.gate.check("127.0.0.1", Touch.PROBE)


@pytest.mark.parametrize("name", [f"_launchready.{HOST}", "_launchready.example.test"])
async def test_a_record_at_the_host_or_above_proves_it(loopback: Any, name: str) -> None:
    placed = word(site_of(loopback))
    async with loopback.names({HOST: ("127.0.0.1",)}, texts={name: ("v=spf1 -all", placed)}) as server:
        site = site_of(loopback, server.address)
        async with loopback.wire(site) as wire:
            found = await asked(HOST, placed, site, wire.dns, wire.http)
    assert found.proved
    assert name in found.seen


FILES: dict[str, tuple[Callable[[str], str], bytes, bool]] = {
    "the line": (lambda w: f"# agreed\n{w}\n", b"Content-Type: text/plain", True),
    "another word": (lambda w: w.replace(w[-8:], "0" * 8), b"Content-Type: text/plain", False),
    "a page that repeats what it is asked": (lambda w: f"<p> {w} </p>", b"Content-Type: text/html", False),
}


@pytest.mark.parametrize("case", FILES)
async def test_a_file_proves_it_too(loopback: Any, case: str) -> None:
    written, kind, proves = FILES[case]
    asked_for: list[str] = []
    names = {HOST: ("127.0.0.1",)}
    other = {f"_launchready.{HOST}": ("launchready-control=" + "0" * 32,)}
    async with loopback.names(names, texts=other) as server:
        site = site_of(loopback, server.address, tls={"extra_ca": [loopback.ca_file]})
        body = written(word(site)).encode()
        answer = loopback.answering(loopback.http(body, "200 OK", kind), asked_for)
        async with loopback.serve(answer, loopback.tls(HOST)) as port:
            site = site.model_copy(
                update={"portal": site.portal.model_copy(update={"url": f"https://{HOST}:{port}/"})}
            )
            async with loopback.wire(site) as wire:
                found = await asked(HOST, word(site), site, wire.dns, wire.http)
    assert asked_for[0].startswith(f"GET {FILE} ")
    assert found.proved is proves


async def test_a_file_behind_a_certificate_that_does_not_hold_is_no_proof(loopback: Any) -> None:
    async with loopback.names({HOST: ("127.0.0.1",)}) as server:
        site = site_of(loopback, server.address)
        answer = loopback.answering(loopback.http(word(site).encode(), "200 OK", b"Content-Type: text/plain"))
        async with loopback.serve(answer, loopback.tls(HOST)) as port:
            site = site.model_copy(
                update={"portal": site.portal.model_copy(update={"url": f"https://{HOST}:{port}/"})}
            )
            async with loopback.wire(site) as wire:
                assert not (await asked(HOST, word(site), site, wire.dns, wire.http)).proved


def test_without_proof_probes_are_refused_and_reading_is_not(loopback: Any) -> None:
    gate = loopback.wire(site_of(loopback), consent=Touch.PROBE).gate
    gate.unproved = {HOST: "publish the word"}
    for touch in (Touch.READ, Touch.SIGN_IN):
        gate.check(HOST, touch)
    with pytest.raises(Refused, match="proved to control") as refused:
        gate.check(f"https://{HOST.title()}./login", Touch.PROBE)
    assert refused.value.settle_by == "publish the word"
