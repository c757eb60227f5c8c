"""check_host of RFC 7208: mechanisms, limits and macros, pure, from answers at hand."""

import pytest

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.mailauth.answers import Recorded
from launchready.mailauth.known import Known, NotKnown
from launchready.mailauth.spf import check_sender
from launchready.mailauth.spf_macros import as_name, expand
from launchready.mailauth.spf_record import MalformedError, is_record, parse
from launchready.verdict import Cause

SILENCE = Missing(Cause.UNREACHABLE, "no name server answered in time", "again")


def known(records: dict[str, tuple[str, ...]]) -> Known:
    """Answers by name and kind, as "x.test TXT"; what is not given is absent."""
    found = (Answer(*key.split(), "present", values) for key, values in records.items())  # type: ignore[arg-type]
    return Given(found)


class Given(Known):
    def look_up(self, name: str, kind: str) -> Answer:
        found = self._answers.get((name, kind))
        return found or Answer(name, kind, "absent")


@pytest.mark.parametrize(
    ("record", "ip", "result"),
    [
        ("v=spf1 -all", "192.0.2.1", "fail"),
        ("v=spf1", "192.0.2.1", "neutral"),
        ("v=spf1 ~all", "192.0.2.1", "softfail"),
        ("v=spf1 ?all", "192.0.2.1", "neutral"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.1", "pass"),
        ("v=spf1 -ip4:192.0.2.1 +all", "192.0.2.1", "fail"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "::ffff:192.0.2.1", "pass"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "2001:db8::1", "fail"),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::1", "pass"),
        ("v=spf1 a -all", "198.51.100.1", "pass"),
        ("v=spf1 a/24 -all", "198.51.100.77", "pass"),
        ("v=spf1 a//64 -all", "2001:db8::77", "pass"),
        ("v=spf1 a:other.test -all", "198.51.100.2", "pass"),
        ("v=spf1 mx -all", "198.51.100.3", "pass"),
        ("v=spf1 mx/24 -all", "198.51.100.9", "pass"),
        ("v=spf1 ptr -all", "198.51.100.4", "pass"),
        ("v=spf1 ptr:elsewhere.test -all", "198.51.100.4", "fail"),
        ("v=spf1 include:service.test -all", "203.0.113.1", "pass"),
        ("v=spf1 include:service.test ?all", "203.0.113.99", "neutral"),
        ("v=spf1 redirect=service.test", "203.0.113.99", "fail"),
        ("v=spf1 -all redirect=service.test", "203.0.113.1", "fail"),
        ("v=spf1 include:nothing.test -all", "203.0.113.1", "permerror"),
        ("v=spf1 redirect=nothing.test", "203.0.113.1", "permerror"),
        ("v=spf1 exists:%{ir}._spf.%{d} -all", "192.0.2.9", "pass"),
        ("v=spf1 exists:%{l}.%{o1}._spf.x.test -all", "192.0.2.10", "pass"),
        ("v=spf1 include:x.test -all", "192.0.2.1", "permerror"),
        ("V=SPF1 IP4:192.0.2.1 -ALL", "192.0.2.1", "pass"),
        ("v=spf1 unknown=%{d} ip4:192.0.2.1 -all", "192.0.2.1", "pass"),
    ],
)
def test_results(record: str, ip: str, result: str) -> None:
    at_hand = known(
        {
            "x.test TXT": (record,),
            "x.test A": ("198.51.100.1",),
            "x.test AAAA": ("2001:db8::1",),
            "other.test A": ("198.51.100.2",),
            "x.test MX": ("10 mail.x.test.",),
            "mail.x.test A": ("198.51.100.3",),
            "4.100.51.198.in-addr.arpa PTR": ("h.x.test.",),
            "h.x.test A": ("198.51.100.4",),
            "service.test TXT": ("v=spf1 ip4:203.0.113.0/28 -all",),
            "9.2.0.192._spf.x.test A": ("127.0.0.2",),
            "portal.test._spf.x.test A": ("127.0.0.2",),
        }
    )
    assert check_sender(at_hand, ip, "portal@x.test", "mail.x.test").result == result


@pytest.mark.parametrize(
    "term",
    [
        "ipv4:192.0.2.1",
        "ip4:192.0.2",
        "ip4:192.0.2.1/33",
        "ip4:192.0.2.1/08",
        "ip4:192.0.2.0/255.255.255.0",
        "ip6:192.0.2.1",
        "ip4",
        "a:",
        "a/33",
        "a:x.test:8080",
        "include",
        "include:",
        "include:x",
        "exists:%{t}.x.test",
        "exists:%{z}.x.test",
        "all:x.test",
        "redirect=",
        "redirect=a.test redirect=b.test",
        "exp=a.test exp=b.test",
        "a=%x",
        "-",
        "ip4:192.0.2.1,ip4:192.0.2.2",
        "a:\xe9.test",
    ],
)
def test_what_breaks_a_record(term: str) -> None:
    with pytest.raises(MalformedError):
        parse(f"v=spf1 {term} -all")


LONG = {
    "label": f"a:.{'a' * 60_000}!",
    "no macro": f"a:{'a' * 60_000}%",
    "no value": f"x={'a' * 60_000}%",
    "slashes": f"a:{'/' * 60_000}x",
    "labels": f"a:{'a.' * 30_000}",
    "macros": f"exp={'%{d' * 20_000}",
    "digits": f"a:%{{d{'9' * 60_000}}}",
    "number": "1" * 60_000,
}


@pytest.mark.parametrize("term", LONG.values(), ids=LONG)
def test_a_record_as_long_as_dns_allows_is_read_in_no_time(term: str) -> None:
    with pytest.raises(MalformedError) as error:
        parse(f"v=spf1 {term} :")
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("v=spf1", True),
        ("v=spf1 -all", True),
        ("V=spf1 -all", True),
        ("v=spf1; -all", False),
        ("v=spf10 -all", False),
        (" v=spf1 -all", False),
        ("spf2.0/pra -all", False),
    ],
)
def test_what_receivers_take_for_a_record(text: str, *, taken: bool) -> None:
    assert is_record(text) is taken


def test_two_records_are_a_permanent_error() -> None:
    assert (
        check_sender(known({"x.test TXT": ("v=spf1 -all", "v=spf1 ~all")}), "192.0.2.1", "a@x.test").result
        == "permerror"
    )


def test_ten_look_ups_and_no_more() -> None:
    ten = " ".join(f"a:h{each}.x.test" for each in range(10))
    hosts = [Answer(f"h{each}.x.test", "A", "present", ("198.51.100.1",)) for each in range(11)]
    for record, result in ((f"v=spf1 {ten} -all", "fail"), (f"v=spf1 {ten} a:h10.x.test -all", "permerror")):
        at_hand = known({"x.test TXT": (record,)})
        at_hand.add(hosts)
        assert check_sender(at_hand, "192.0.2.1", "a@x.test").result == result


def test_two_void_look_ups_and_no_more() -> None:
    for names, result in (
        ("a:gone1.test a:gone2.test", "fail"),
        ("a:gone1.test a:gone2.test a:gone3.test", "permerror"),
    ):
        assert (
            check_sender(known({"x.test TXT": (f"v=spf1 {names} -all",)}), "192.0.2.1", "a@x.test").result
            == result
        )


def test_what_could_not_be_told_is_no_absence() -> None:
    at_hand = known({"x.test TXT": ("v=spf1 include:slow.test -all",)})
    at_hand.add([Answer("slow.test", "TXT", "untold", why=SILENCE, trouble="timeout")])
    found = check_sender(at_hand, "192.0.2.1", "a@x.test")
    assert found.result == "temperror"
    assert found.untold is not None
    assert found.untold.trouble == "timeout"


def test_a_match_before_it_needs_no_answer() -> None:
    at_hand = Known([Answer("x.test", "TXT", "present", ("v=spf1 ip4:192.0.2.1 include:never.test -all",))])
    assert check_sender(at_hand, "192.0.2.1", "a@x.test").result == "pass"
    with pytest.raises(NotKnown):
        check_sender(at_hand, "192.0.2.2", "a@x.test")
    assert list(at_hand.open) == [("never.test", "TXT")]
    assert check_sender(Recorded(at_hand.answers), "192.0.2.2", "a@x.test").result == "temperror"


def test_without_a_sender_the_greeting_counts() -> None:
    assert (
        check_sender(known({"h.test TXT": ("v=spf1 ip4:192.0.2.1 -all",)}), "192.0.2.1", "", "h.test").result
        == "pass"
    )
    assert check_sender(known({}), "192.0.2.1", "", "localhost").result == "none"


VALUES = {
    "s": "strong-bad@email.example.com",
    "l": "strong-bad",
    "o": "email.example.com",
    "d": "email.example.com",
    "i": "192.0.2.3",
    "v": "in-addr",
    "p": "x",
}


@pytest.mark.parametrize(
    ("written", "expanded"),
    [  # RFC 7208 section 7.4
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l-}", "strong.bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{S}%%%_%-", "strong-bad%40email.example.com% %20"),
    ],
)
def test_macros(written: str, expanded: str) -> None:
    assert expand(written, VALUES.__getitem__) == expanded


@pytest.mark.parametrize(
    ("expanded", "name"),
    [
        ("Example.COM.", "example.com"),
        ("a b\\c.test", "a\\032b\\092c.test"),
        ("é.test", "\\195\\169.test"),
        ("a..test", ""),
        (f"{'a' * 64}.test", ""),
        ("", ""),
        (".".join(["abcdefghi"] * 30), ".".join(["abcdefghi"] * 25)),
    ],
)
def test_names_that_can_be_asked_for(expanded: str, name: str) -> None:
    assert as_name(expanded) == name
