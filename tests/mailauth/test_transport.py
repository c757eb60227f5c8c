"""Where mail goes, and what the addresses that send it are called."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from launchready.mailauth.answers import Untold
from launchready.mailauth.transport import (
    STS,
    TLS_REPORTS,
    addresses_of,
    exchangers,
    has_address,
    named_back,
    records_of,
)

from .conftest import Zone

MakeZone = Callable[[Mapping[str, Any]], Zone]
REVERSE = "PTR 7.2.0.192.in-addr.arpa"


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ({REVERSE: "mail.example.com.", "A mail.example.com": "192.0.2.7"}, "mail.example.com"),
        (
            {REVERSE: "mail.example.com.", "A mail.example.com": ("192.0.2.8", "192.0.2.7")},
            "mail.example.com",
        ),
        ({REVERSE: ("a.example.com.", "b.example.com."), "A b.example.com": "192.0.2.7"}, "b.example.com"),
        ({REVERSE: "mail.example.com.", "A mail.example.com": "192.0.2.8"}, ""),
        ({REVERSE: "mail.example.com."}, ""),
        ({}, ""),
    ],
)
def test_a_name_must_lead_back(zone: MakeZone, table: dict[str, Any], name: str) -> None:
    assert named_back(zone(table), "192.0.2.7") == name


def test_ipv6_addresses_have_names_as_well(zone: MakeZone) -> None:
    place = "7" + ".0" * 23 + ".8.b.d.0.1.0.0.2.ip6.arpa"
    known = zone({f"PTR {place}": "mail.example.com.", "AAAA mail.example.com": "2001:DB8:0:0::7"})
    assert named_back(known, "2001:db8::7") == "mail.example.com"


def test_exchangers_stand_in_their_order(zone: MakeZone) -> None:
    known = zone({"MX example.com": ("20 B.example.com.", "10 a.example.com.", "0 .")})
    assert exchangers(known, "example.com") == ((0, ""), (10, "a.example.com"), (20, "b.example.com"))


def test_one_kind_of_address_is_enough(zone: MakeZone) -> None:
    assert has_address(zone({"A h.example": "192.0.2.1", "AAAA h.example": "?"}), "h.example")
    assert has_address(zone({"AAAA h.example": "2001:db8::1"}), "h.example")
    assert not has_address(zone({}), "h.example")
    with pytest.raises(Untold):
        has_address(zone({"A h.example": "?"}), "h.example")


def test_addresses_of_a_server(zone: MakeZone) -> None:
    known = zone({"A h.example": "192.0.2.1", "AAAA h.example": "2001:db8::1"})
    assert addresses_of(known, "h.example") == ("192.0.2.1", "2001:db8::1")
    assert addresses_of(known, "192.0.2.9") == ("192.0.2.9",)


def test_other_texts_are_no_records(zone: MakeZone) -> None:
    known = zone(
        {
            "_mta-sts.example.com": ("v=STSv1; id=1", "v=spf1 -all"),
            "_smtp._tls.example.com": "v=TLSRPTv10; rua=x",
        }
    )
    assert records_of(known, STS, "example.com") == ("v=STSv1; id=1",)
    assert records_of(known, TLS_REPORTS, "example.com") == ()
