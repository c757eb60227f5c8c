"""Which policy holds: walks up the tree, organizational domains and policies, as the texts of both RFCs have them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from launchready.mailauth import dmarc
from launchready.mailauth.answers import Untold
from launchready.mailauth.dmarc import Whose

Zone = Callable[[Mapping[str, Any]], Any]
BELOW: Whose = "names below that exist"
NOWHERE: Whose = "names below that do not exist"


def records(table: Mapping[str, Any]) -> dict[str, Any]:
    """Policies by domain, as TXT at _dmarc."""
    return {
        f"_dmarc.{name}": tags
        if tags == "?"
        else tuple(f"v=DMARC1; {each}" for each in ((tags,) if isinstance(tags, str) else tags))
        for name, tags in table.items()
    }


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        # RFC 9989, section 4.10, has this one.
        (
            "a.b.c.d.e.f.g.h.i.j.mail.example.com",
            (
                "a.b.c.d.e.f.g.h.i.j.mail.example.com g.h.i.j.mail.example.com h.i.j.mail.example.com "
                "i.j.mail.example.com j.mail.example.com mail.example.com example.com com"
            ),
        ),
        ("example.com", "example.com com"),
        ("a.mail.example.com", "a.mail.example.com mail.example.com example.com com"),
        ("a.b.c.d.e.f.com", "a.b.c.d.e.f.com b.c.d.e.f.com c.d.e.f.com d.e.f.com e.f.com f.com com"),
        (
            "a.b.c.d.e.f.g.com",
            "a.b.c.d.e.f.g.com b.c.d.e.f.g.com c.d.e.f.g.com d.e.f.g.com e.f.g.com f.g.com g.com com",
        ),
    ],
)
def test_a_walk_asks_at_most_eight_times(zone: Zone, domain: str, names: str) -> None:
    known = zone({})
    assert dmarc.tree_walk(known, domain) == ()
    assert known.asked == [f"_dmarc.{name}" for name in names.split()]
    assert len(known.asked) <= 8


@pytest.mark.parametrize(
    ("table", "domain", "owner"),
    [
        # The examples of RFC 9989, section 4.10.2.
        ({"mail.example.com": "p=none", "example.com": "p=none"}, "a.mail.example.com", "example.com"),
        ({"com": "p=none; psd=y"}, "a.mail.example.com", "example.com"),
        # Its three rules in turn.
        (
            {"mail.example.com": "p=none; psd=n", "example.com": "p=none"},
            "a.mail.example.com",
            "mail.example.com",
        ),
        ({"example.com": "p=none; psd=y"}, "a.mail.example.com", "mail.example.com"),
        ({"a.mail.example.com": "p=none"}, "a.mail.example.com", "a.mail.example.com"),
        ({"mail.example.com": "p=none"}, "a.mail.example.com", "mail.example.com"),
        # A registry's own mail: psd=y where the walk starts does not end it.
        ({"gov.example": "p=none; psd=y"}, "gov.example", "gov.example"),
        ({"gov.example": "p=none; psd=y", "example": "p=none; psd=y"}, "gov.example", "gov.example"),
        ({"gov.example": "p=none; psd=y", "example": "p=none"}, "gov.example", "example"),
        # Appendix B.4.2 of the drafts: one below the registry, with records of its own and without.
        ({"bank": "p=reject; psd=y", "giant.bank": "p=none"}, "mail.giant.bank", "giant.bank"),
        ({"bank": "p=reject; psd=y"}, "mail.mega.bank", "mega.bank"),
        # Nothing anywhere: the domain itself.
        ({}, "a.mail.example.com", "a.mail.example.com"),
        # Several records at one name count as none.
        (
            {"example.com": ("p=none", "p=reject"), "mail.example.com": "p=none"},
            "a.mail.example.com",
            "mail.example.com",
        ),
        # What is shortened away is not asked: the record at b. is never seen.
        (
            {"b.c.d.e.f.g.h.example.com": "p=none", "example.com": "p=none"},
            "a.b.c.d.e.f.g.h.example.com",
            "example.com",
        ),
    ],
)
def test_organizational_domains(zone: Zone, table: dict[str, Any], domain: str, owner: str) -> None:
    assert dmarc.organizational_domain(zone(records(table)), domain) == owner


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        # RFC 7489, section 3.2, by the Public Suffix List.
        ("a.b.c.d.example.com", "example.com"),
        ("example.com", "example.com"),
        ("mail.example.co.uk", "example.co.uk"),
        ("com", "com"),
        ("a.shop.lab.test", "lab.test"),
        ("x.y.blogspot.com", "y.blogspot.com"),
    ],
)
def test_registered_domains(domain: str, owner: str) -> None:
    assert dmarc.registered_domain(domain) == owner


@pytest.mark.parametrize(
    ("table", "domain", "whose", "now", "before"),
    [
        # The domain itself.
        ({"example.com": "p=none"}, "example.com", None, "none", "none"),
        ({"example.com": "p=quarantine"}, "example.com", None, "quarantine", "quarantine"),
        ({"example.com": "p=reject; sp=none; np=none"}, "example.com", None, "reject", "reject"),
        ({}, "example.com", None, "", ""),
        # A record of its own comes before that of the organizational domain.
        ({"mail.example.com": "p=none", "example.com": "p=reject"}, "mail.example.com", None, "none", "none"),
        # Without one: sp of the organizational domain, else its p.
        ({"example.com": "p=reject; sp=none"}, "mail.example.com", None, "none", "none"),
        ({"example.com": "p=reject"}, "mail.example.com", None, "reject", "reject"),
        ({"example.com": "p=none; sp=reject"}, "a.mail.example.com", None, "reject", "reject"),
        # In between: only the walk finds it, and RFC 7489 knows nothing there.
        ({"mail.example.com": "p=reject"}, "a.mail.example.com", None, "reject", ""),
        # sp of what is no organizational domain is ignored by both.
        (
            {"mail.example.com": "p=none; sp=reject", "example.com": "p=quarantine"},
            "a.mail.example.com",
            None,
            "quarantine",
            "quarantine",
        ),
        # The registry's record, for who has none (RFC 9989 and RFC 9091); RFC 7489 does not look there.
        ({"bank": "p=quarantine; sp=reject; psd=y"}, "mega.bank", None, "reject", ""),
        ({"bank": "p=reject; psd=y", "giant.bank": "p=none"}, "mail.giant.bank", None, "none", "none"),
        # psd=n ends the walk, and makes its domain the organizational one.
        (
            {"mail.example.com": "p=reject; psd=n", "example.com": "p=none"},
            "a.mail.example.com",
            None,
            "reject",
            "none",
        ),
        # Several records: the walk discards them and goes on; RFC 7489 ends there, without DMARC.
        (
            {"mail.example.com": ("p=none", "p=reject"), "example.com": "p=quarantine"},
            "mail.example.com",
            None,
            "quarantine",
            "",
        ),
        ({"example.com": ("p=none", "p=reject")}, "example.com", None, "", ""),
        # A policy that is none: with somebody to report to as none, else no DMARC.
        ({"example.com": "p=block"}, "example.com", None, "", ""),
        ({"example.com": "p=block; rua=mailto:a@example.com"}, "example.com", None, "none", "none"),
        ({"example.com": "rua=mailto:a@example.com"}, "example.com", None, "none", "none"),
        ({"example.com": "p=reject; sp=block"}, "example.com", None, "", ""),
        # t=y lowers by one step in RFC 9989; RFC 7489 does not know it.
        ({"example.com": "p=reject; t=y"}, "example.com", None, "quarantine", "reject"),
        ({"example.com": "p=quarantine; t=y"}, "example.com", None, "none", "quarantine"),
        ({"example.com": "p=none; t=y"}, "example.com", None, "none", "none"),
        # The nearer of two registries.
        (
            {"example.com": "p=none; sp=reject; psd=y", "com": "p=none; sp=none; psd=y"},
            "mail.example.com",
            None,
            "reject",
            "reject",
        ),
        # Below a name that is a registry's.
        (
            {"example.com": "p=none; sp=reject; psd=y", "com": "p=none"},
            "example.com",
            BELOW,
            "reject",
            "reject",
        ),
        # Names below.
        ({"example.com": "p=reject"}, "example.com", BELOW, "reject", "reject"),
        ({"example.com": "p=reject; sp=none"}, "example.com", BELOW, "none", "none"),
        ({"example.com": "p=reject; sp=none; np=reject"}, "example.com", BELOW, "none", "none"),
        ({"example.com": "p=reject; sp=quarantine; np=none"}, "example.com", NOWHERE, "none", "quarantine"),
        ({"example.com": "p=reject; sp=quarantine"}, "example.com", NOWHERE, "quarantine", "quarantine"),
        ({"example.com": "p=reject"}, "example.com", NOWHERE, "reject", "reject"),
        ({"example.com": "p=none; np=reject"}, "example.com", NOWHERE, "reject", "none"),
        (
            {"mail.example.com": "p=reject", "example.com": "p=none"},
            "mail.example.com",
            BELOW,
            "none",
            "none",
        ),
    ],
)
def test_policies(
    zone: Zone, table: dict[str, Any], domain: str, whose: Whose | None, *, now: str, before: str
) -> None:
    known = zone(records(table))
    asked: Whose = whose or "the domain itself"
    assert dmarc.policy(known, domain, asked).level == now
    assert dmarc.older_policy(known, domain, asked).level == before


@pytest.mark.parametrize(
    ("tags", "now", "before"),
    [
        ("p=reject", True, True),
        ("p=quarantine", True, True),
        ("p=none", False, False),
        ("p=reject; pct=100", True, True),
        ("p=reject; pct=99", True, False),
        ("p=quarantine; pct=0", True, False),
        ("p=quarantine; t=y", False, True),
        ("p=reject; t=y", False, True),
        ("p=reject; t=n", True, True),
    ],
)
def test_enforcement(zone: Zone, tags: str, *, now: bool, before: bool) -> None:
    known = zone(records({"example.com": tags}))
    assert dmarc.policy(known, "example.com").enforced is now
    assert dmarc.older_policy(known, "example.com").enforced is before


def test_what_nobody_told_is_not_absent(zone: Zone) -> None:
    with pytest.raises(Untold):
        dmarc.policy(zone(records({"example.com": "?"})), "example.com")
    with pytest.raises(Untold):
        dmarc.policy(zone(records({"example.com": "p=reject", "mail.example.com": "?"})), "mail.example.com")


def test_what_nobody_told_in_between_leaves_the_owner_open(zone: Zone) -> None:
    with pytest.raises(Untold):
        dmarc.organizational_domain(
            zone(records({"a.mail.example.com": "p=reject", "example.com": "?"})), "a.mail.example.com"
        )


def test_a_name_that_is_not_there_is_asked_for_once(zone: Zone) -> None:
    known = zone({})
    assert not dmarc.takes_mail(known, "example.com")
    assert known.asked == ["example.com"]


def test_what_a_registry_does_not_tell_changes_nothing_for_who_has_a_record(zone: Zone) -> None:
    known = zone(records({"example.com": "p=reject; sp=quarantine", "com": "?"}))
    assert dmarc.policy(known, "example.com", BELOW).level == "quarantine"
    with pytest.raises(Untold):
        dmarc.policy(zone(records({"com": "?"})), "example.com")


@pytest.mark.parametrize(
    ("place", "text", "agreed"),
    [
        ("example.com._report._dmarc.thirdparty.example.net", "v=DMARC1", True),
        (
            "example.com._report._dmarc.thirdparty.example.net",
            "v=DMARC1; rua=mailto:b@thirdparty.example.net",
            True,
        ),
        ("example.com._report._dmarc.thirdparty.example.net", "v=DMARC1;", True),
        ("example.com._report._dmarc.thirdparty.example.net", "v=spf1 -all", False),
        ("thirdparty.example.net._report._dmarc.example.com", "v=DMARC1", False),
        ("example.com._report.thirdparty.example.net", "v=DMARC1", False),
    ],
)
def test_who_takes_reports_for_another_says_so(zone: Zone, place: str, text: str, *, agreed: bool) -> None:
    known = zone({**records({"example.com": "p=reject; rua=mailto:a@thirdparty.example.net"}), place: text})
    record = dmarc.policy(known, "example.com").record
    assert record
    assert dmarc.is_outside(record, record.rua[0])
    assert dmarc.has_consent(known, record, record.rua[0]) is agreed


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("example.com", False),
        ("mail.example.com", False),
        ("example.net", True),
        ("example.com.example.net", True),
    ],
)
def test_who_is_another(zone: Zone, address: str, *, outside: bool) -> None:
    record = dmarc.policy(
        zone(records({"example.com": f"p=reject; rua=mailto:a@{address}"})), "example.com"
    ).record
    assert record
    assert dmarc.is_outside(record, record.rua[0]) is outside


@pytest.mark.parametrize(
    ("table", "takes"),
    [
        ({"MX example.com": "10 mx.example.com"}, True),
        ({"MX example.com": "0 ."}, False),
        ({"A example.com": "192.0.2.1"}, True),
        ({"AAAA example.com": "2001:db8::1"}, True),
        ({"example.com": "only a text"}, False),
        ({}, False),
    ],
)
def test_whether_mail_can_go_there(zone: Zone, table: dict[str, Any], *, takes: bool) -> None:
    assert dmarc.takes_mail(zone(table), "example.com") is takes
