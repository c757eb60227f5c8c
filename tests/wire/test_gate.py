"""The gate lets nothing through that the portal file did not allow, and writes down what it let through."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.errors import Refused, StoreError
from launchready.site import Site
from launchready.wire.gate import Gate, Touch

SITE = Site(
    portal={
        "url": "https://portal.example/",
        "hosts": ["www.portal.example"],
        "redirects": [{"from": "https://old.example/", "to": "https://portal.example/"}],
    },
    scope={"hosts": ["files.example"], "addresses": ["10.1.0.0/16", "fd00::/64"]},
)


def gate(**named: Any) -> Gate:
    return Gate(SITE, io.StringIO(), **named)


@pytest.mark.parametrize(
    "asked",
    [
        "https://portal.example/x",
        "http://PORTAL.example:8080/",
        "https://portal.example./",
        "www.portal.example",
        "https://files.example",
        "https://old.example/",
        "https://me:pw@portal.example/",
    ],
)
def test_what_is_in_scope_passes(asked: str) -> None:
    gate().check(asked, Touch.READ)


@pytest.mark.parametrize(
    "asked",
    [
        "https://other.example/",
        "https://portal.example.evil.example/",
        "https://portal.example@evil.example/",
        "https://evilportal.example/",
        "https:///x",
        "http://127.0.0.1/",
        "http://[::1",
        "https://portal.example:99999/",
        "",
    ],
)
def test_what_is_out_of_scope_is_refused(asked: str) -> None:
    with pytest.raises(Refused) as refusal:
        gate().check(asked, Touch.READ)
    assert refusal.value.settle_by


@pytest.mark.parametrize("scheme", ["ftp", "file", "ws", "gopher"])
def test_other_schemes_are_refused(scheme: str) -> None:
    with pytest.raises(Refused, match=scheme):
        gate().check(f"{scheme}://portal.example/", Touch.READ)


def test_web_sockets_pass_only_where_asked_for() -> None:
    gate().check("wss://portal.example/live", sockets=True)
    with pytest.raises(Refused, match="outside the scope"):
        gate().check("wss://other.example/live", sockets=True)


@pytest.mark.parametrize("consent", list(Touch))
@pytest.mark.parametrize("touch", list(Touch))
def test_a_touch_needs_at_least_its_consent(consent: Touch, touch: Touch) -> None:
    guard = gate(consent=consent)
    if touch <= consent:
        guard.check("portal.example", touch)
    else:
        with pytest.raises(Refused, match="no consent") as refusal:
            guard.check("portal.example", touch)
        assert ("[[identity]]" if touch is Touch.SIGN_IN else "--active") in refusal.value.settle_by


def test_touches_have_the_names_of_the_report() -> None:
    assert [str(touch) for touch in Touch] == ["read", "sign-in", "probe", "load"]


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:4700::1111", "10.1.2.3", "fd00::5", "::ffff:10.1.2.3"]
)
def test_public_and_listed_addresses_pass(address: str) -> None:
    gate().check_address("portal.example", address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.2.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd01::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "not an address",
    ],
)
def test_addresses_inside_a_network_are_refused(address: str) -> None:
    with pytest.raises(Refused):
        gate().check_address("portal.example", address)


@given(st.ip_addresses())
def test_an_address_passes_only_if_public_or_listed(ip: Any) -> None:
    try:
        gate().check_address("portal.example", str(ip))
    except Refused:
        return
    listed = any(ip in network for network in SITE.scope.addresses if network.version == ip.version)
    assert listed or ip.is_global


def test_the_budget_of_requests_ends() -> None:
    guard = gate(most_requests=2)
    guard.spend(requests=1)
    guard.spend(requests=1)
    with pytest.raises(Refused, match="budget"):
        guard.spend(requests=1)


def test_the_budget_of_bytes_ends() -> None:
    guard = gate(most_bytes=10)
    guard.received(9)
    guard.spend(requests=1)
    guard.received(9)
    with pytest.raises(Refused, match="bytes"):
        guard.spend(requests=1)


def test_the_journal_has_one_line_for_each_request() -> None:
    file = io.StringIO()
    moment = datetime(2030, 1, 2, 3, 4, 5, 678_900, tzinfo=UTC)
    guard = Gate(SITE, file, now=lambda: moment)
    guard.journal(
        "GET", "https://portal.example/ü\n", status=200, milliseconds=1.23456, size=7, address="192.0.2.1"
    )
    guard.journal("GET", "https://portal.example/", error="nobody answered", who="ada")
    first, second = map(json.loads, file.getvalue().splitlines())
    assert first == {
        "when": "2030-01-02T03:04:05.678Z",
        "who": "anonymous",
        "method": "GET",
        "url": "https://portal.example/ü\n",
        "status": 200,
        "ms": 1.2,
        "bytes": 7,
        "address": "192.0.2.1",
    }
    assert second["error"] == "nobody answered"
    assert second["who"] == "ada"
    assert "status" not in second


async def test_a_bare_connection_is_checked_and_written_down() -> None:
    file = io.StringIO()
    guard = Gate(SITE, file)
    await guard.admit("portal.example", "10.1.0.9", 443)
    line = json.loads(file.getvalue())
    assert (line["method"], line["url"], line["address"]) == (
        "CONNECT",
        "tls://portal.example:443",
        "10.1.0.9",
    )
    with pytest.raises(Refused):
        await guard.admit("other.example", "10.1.0.9", 443)
    with pytest.raises(Refused):
        await guard.admit("portal.example", "192.168.0.1", 443)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_said_in_one_sentence() -> None:
    with Path("/dev/full").open("wb", buffering=0) as device:
        full = io.TextIOWrapper(device, encoding="utf-8", write_through=True)
        with pytest.raises(StoreError, match="journal of the run cannot be written: no space left"):
            Gate(SITE, full).journal("GET", "https://portal.example/", status=200)
        full.detach()
