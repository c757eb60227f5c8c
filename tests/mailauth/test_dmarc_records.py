"""Records of DMARC as RFC 9989 (sections 4.7 and 4.8) and RFC 7489 (sections 6.3 and 6.4) write them."""

import pytest

from launchready.mailauth.dmarc_record import (
    Level,
    is_dmarc,
    is_nearly_dmarc,
    read_dmarc,
    report_address,
)


@pytest.mark.parametrize(
    "text",
    [
        "v=DMARC1",
        "v=DMARC1;",
        "v=DMARC1; p=none",
        "v=DMARC1;p=none;",
        "v = DMARC1 ; p = none",
        "v\t=\tDMARC1\t;",
        "v=DMARC1; unknown=tag",
    ],
)
def test_a_record(text: str) -> None:
    assert is_dmarc(text)
    assert not is_nearly_dmarc(text)


@pytest.mark.parametrize(
    ("text", "nearly"),
    [
        ("v=dmarc1; p=none", True),
        ("V=DMARC1; p=none", True),
        ("v=DMARC2; p=none", True),
        (" v=DMARC1; p=none", True),
        ("v=DMARC1 p=none", True),
        ("v=DMARC1, p=none", True),
        ('"v=DMARC1; p=none"', True),
        ("DMARC1; p=none", True),
        ("p=none; v=DMARC1", True),
        ("v=DMARC10; p=none", True),
        ("v=spf1 -all", False),
        ("verification=dmarc-report-4711", False),
        ("", False),
    ],
)
def test_no_record(text: str, *, nearly: bool) -> None:
    assert not is_dmarc(text)
    assert is_nearly_dmarc(text) is nearly


@pytest.mark.parametrize(
    ("tags", "p", "sp", "np", "usable"),
    [
        ("p=none", "none", None, None, True),
        ("p=quarantine", "quarantine", None, None, True),
        ("p=reject", "reject", None, None, True),
        ("p=Reject", "reject", None, None, True),
        ("p=reject; sp=quarantine", "reject", "quarantine", None, True),
        ("p=reject; np=none", "reject", None, "none", True),
        ("sp=none; p=reject", "reject", "none", None, True),
        ("p=reject; unknown=1; x_y=2", "reject", None, None, True),
        ("p=reject;;", "reject", None, None, True),
        ("p=block", "none", None, None, False),
        ("p=", "none", None, None, False),
        ("", "none", None, None, False),
        ("p=block; rua=mailto:a@example.com", "none", None, None, True),
        ("rua=mailto:a@example.com", "none", None, None, True),
        ("p=reject; sp=block", "none", None, None, False),
        ("p=reject; sp=block; rua=mailto:a@example.com", "none", None, None, True),
        ("p=reject; np=block", "none", None, None, False),
        ("p=reject; np=block; rua=a@example.com", "none", None, None, False),
        ("p=reject rua=mailto:a@example.com", "none", None, None, False),
        ("p=reject\u00a0", "none", None, None, False),
    ],
)
def test_policies(tags: str, p: Level, sp: Level | None, np: Level | None, *, usable: bool) -> None:
    record = read_dmarc("example.com", f"v=DMARC1; {tags}")
    assert (record.p, record.sp, record.np, record.usable) == (p, sp, np, usable)
    assert bool(record.faults) is not (p != "none" or tags == "p=none")


@pytest.mark.parametrize(
    ("tags", "name", "value", "right"),
    [
        ("t=y", "testing", True, True),
        ("t=n", "testing", False, True),
        ("t=x", "testing", False, False),
        ("pct=0", "pct", 0, True),
        ("pct=100", "pct", 100, True),
        ("pct=101", "pct", 100, False),
        ("pct=half", "pct", 100, False),
        ("psd=y", "psd", "y", True),
        ("psd=n", "psd", "n", True),
        ("psd=u", "psd", "u", True),
        ("psd=maybe", "psd", "u", False),
        ("adkim=s", "strict_dkim", True, True),
        ("adkim=r", "strict_dkim", False, True),
        ("adkim=strict", "strict_dkim", False, False),
        ("aspf=s", "strict_spf", True, True),
        ("aspf=x", "strict_spf", False, False),
    ],
)
def test_other_tags_fall_back_to_what_holds_without_them(
    tags: str, name: str, value: object, *, right: bool
) -> None:
    record = read_dmarc("example.com", f"v=DMARC1; p=reject; {tags}")
    assert getattr(record, name) == value
    assert (record.faults == ()) is right
    assert record.p == "reject"


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("mailto:a@example.com", "example.com"),
        ("MAILTO:a@Example.COM", "example.com"),
        ("mailto:a@example.com!10m", "example.com"),
        ("mailto:a+b@example.com", "example.com"),
        ("mailto:a%2Bb@example.com", "example.com"),
        ("mailto:a@example.com?subject=x", "example.com"),
        (" mailto:a@xn--bcher-kva.example ", "xn--bcher-kva.example"),
        ("mailto:a@_x.example.com", "_x.example.com"),
    ],
)
def test_addresses_that_take_reports(written: str, host: str) -> None:
    address = report_address(written)
    assert (address.host, address.fault) == (host, "")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a@example.com",
        "mailto:",
        "mailto:example.com",
        "mailto:a@localhost",
        "mailto:a b@example.com",
        "mailto:a@b@example.com",
        "https://reports.example.com/",
        "mail:a@example.com",
        "mailto//a@example.com",
    ],
)
def test_addresses_that_take_none(written: str) -> None:
    assert report_address(written).fault


@pytest.mark.parametrize(
    "tags", ["p=reject; p=none", "p=reject; rua=mailto:a@b.example; rua=mailto:c@d.example"]
)
def test_a_tag_that_is_there_twice_is_told(tags: str) -> None:
    assert any("twice" in fault for fault in read_dmarc("example.com", f"v=DMARC1; {tags}").faults)
