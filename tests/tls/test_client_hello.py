"""Offers are well formed, and whatever a server sends is read without an accident."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.wire.cipher_suites import ECDHE, NAMES, TLS13, WEAK
from launchready.wire.client_hello import VERSIONS, ClientHello, agrees_to_sslv2, read_flight, sslv2_hello
from launchready_testbed.tlslab.flight import TLS12, ByHand, Offer, sslv2_server_hello
from launchready_testbed.tlslab.issuing import issue

FINITE = frozenset(code for code, name in NAMES.items() if name.startswith("TLS_DHE_"))


def flight(suite: int = 0x009E, **choices: object) -> bytes:
    leaf = issue(None, "host.lab.test", kind="RSA-2048")
    offer = Offer.read(ClientHello("TLSv1.2", (suite,), "host.lab.test", compression=True).encode())
    return ByHand((TLS12,), (suite,), **choices).answer(offer, (leaf,))


@cache
def whole_flight() -> bytes:
    """The same for all examples, as each one made anew has a length of its own."""
    return flight()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_offer_says_what_it_should(version: str) -> None:
    suites = tuple(TLS13) if version == "TLSv1.3" else (*ECDHE, *WEAK)
    offer = Offer.read(ClientHello(version, suites, "portal.example").encode())
    assert offer.version == VERSIONS[version]
    assert offer.suites[: len(suites)] == suites
    assert offer.name == ("" if version == "SSLv3" else "portal.example")


def test_no_offer_has_more_suites_than_old_servers_bear() -> None:
    assert len(ECDHE) + len(WEAK) < 128


def test_a_flight_is_read_whole() -> None:
    read = read_flight(flight(dh_bits=1024, scts=2, staple=b"answer"), FINITE)
    assert read is not None
    assert (read.end, read.version, read.suite, read.dh_bits) == ("hello", "TLSv1.2", 0x009E, 1024)
    assert (read.timestamps, read.staple, len(read.certificates)) == (2, b"answer", 1)
    assert read.complete


@given(st.data())
def test_a_flight_may_come_in_any_pieces(data: st.DataObject) -> None:
    whole = whole_flight()
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert read_flight(whole[:cut], FINITE) is None
    closed = read_flight(whole[:cut], FINITE, closed=True)
    assert closed is not None
    assert closed.end in ("closed", "hello")


@given(st.data())
def test_a_broken_flight_is_no_accident(data: st.DataObject) -> None:
    broken = bytearray(whole_flight())
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert read_flight(bytes(broken), FINITE, closed=True) is not None


@given(st.binary(max_size=200))
def test_anything_else_is_no_accident_either(data: bytes) -> None:
    assert read_flight(data, FINITE, closed=True) is not None
    agrees_to_sslv2(data)


@pytest.mark.parametrize(
    ("data", "end", "detail"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", "plain-http", "HTTP/1.1 400 Bad Request"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not-tls", "SSH-2.0-OpenSSH_9.2"),
        (b"220 mail.example ESMTP\r\n", "not-tls", "220 mail.example ESMTP"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "alert", "protocol_version"),
        (b"\x15\x03\x01\x00\x02\x02\xfe", "alert", "alert 254"),
        (b"", "closed", ""),
    ],
)
def test_refusals_are_told_apart(data: bytes, end: str, detail: str) -> None:
    read = read_flight(data, FINITE, closed=True)
    assert read is not None
    assert (read.end, read.detail) == (end, detail)


def test_sslv2() -> None:
    hello = sslv2_hello()
    assert len(hello) == 2 + (int.from_bytes(hello[:2], "big") & 0x7FFF)
    assert agrees_to_sslv2(sslv2_server_hello(issue(None, "host.lab.test")))
    assert not agrees_to_sslv2(b"\x15\x03\x00\x00\x02\x02\x28")
