"""What an SPF record says to everybody, and whatever a record may hold, no surprise."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.email.spf import judge
from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.evidence.letters import Delivery, Letter, MailDrill
from launchready.evidence.mail_domains import MailDomain, MailDomains, SendingService
from launchready.mailauth.answers import Recorded
from launchready.mailauth.known import Known, NotKnown
from launchready.mailauth.spf import check_sender
from launchready.mailauth.spf_record import MalformedError, is_record, parse
from launchready.mailauth.spf_survey import survey
from launchready.verdict import Cause, Fail, Pass, Unknown

SILENCE = Missing(Cause.UNREACHABLE, "no name server answered in time", "again")
X = "x.test"


def text(name: str, *records: str) -> Answer:
    return Answer(name, "TXT", "present" if records else "absent", records)


def at(name: str, kind: str, *records: str) -> Answer:
    return Answer(name, kind, "present" if records else "absent", records)


def silent(name: str, kind: str = "TXT") -> Answer:
    return Answer(name, kind, "untold", why=SILENCE, trouble="timeout")


def judged(
    *answers: Answer, whence: str = "declared", senders: tuple[str, ...] = (), envelope: str = ""
) -> Any:
    services = tuple(SendingService(each, ("portal file",)) for each in senders)
    letter = Letter("inbox", 1.0, from_domain=X, return_path=envelope)
    drill = MailDrill(("m",), (Delivery("invite", "m", "imap", letters=(letter,)),))
    return judge(MailDomains((MailDomain(X, (whence,)),), answers, services), drill)


def test_the_tree_is_followed_and_counted() -> None:
    tree = survey(
        Recorded(
            [
                text(X, "v=spf1 include:a.test include:b.test mx exists:%{i}.x.test -all"),
                text("a.test", "v=spf1 ip4:192.0.2.0/24 a:h.test ?all"),
                text("b.test", "v=spf1 redirect=c.test"),
                text("c.test", "v=spf1 ptr ~all"),
                at("h.test", "A", "192.0.2.1"),
                at(X, "MX", "10 h.test."),
            ]
        ),
        X,
    )
    assert tree.lookups == 7
    assert tree.drawn() == "x.test [a.test, b.test [c.test]]"
    assert tree.for_strangers() == "fail"
    assert [branch.domain for branch in tree.walk()] == [X, "a.test", "b.test", "c.test"]
    assert not tree.void


def test_all_that_can_be_foreseen_is_asked_at_once() -> None:
    known = Known([text(X, "v=spf1 include:a.test include:b.test a:h.test mx -all")])
    with pytest.raises(NotKnown):
        survey(known, X)
    assert {name for name, _ in known.open} == {"a.test", "b.test", "h.test", X}


def test_a_tree_without_end_is_cut_off() -> None:
    wide = [text(X, "v=spf1 " + " ".join(f"include:a{each}.test" for each in range(200)))]
    wide += [text(f"a{each}.test", f"v=spf1 include:b{each}.test -all") for each in range(200)]
    known = Known(wide)
    known.tried(lambda known: survey(known, X))
    assert len(known.open) <= 60
    assert survey(Recorded(wide), X).lookups >= 200


@pytest.mark.parametrize(
    ("record", "more", "result"),
    [
        ("v=spf1 +all", (), "pass"),
        ("v=spf1 -all", (), "fail"),
        ("v=spf1", (), "neutral"),
        ("v=spf1 redirect=%{i}.a.test", (), "untold"),
        ("v=spf1 redirect=a.test", (text("a.test", "v=spf1 ~all"),), "softfail"),
        ("v=spf1 include:a.test -all", (text("a.test", "v=spf1 +all"),), "pass"),
        ("v=spf1 include:a.test -all", (text("a.test", "v=spf1 ?all"),), "fail"),
        ("v=spf1 exists:a.test -all", (at("a.test", "A", "127.0.0.2"),), "pass"),
        ("v=spf1 -exists:a.test ~all", (at("a.test", "A", "127.0.0.2"),), "fail"),
        ("v=spf1 ip4:0.0.0.0/0 -all", (), "pass"),
        ("v=spf1 ip6:2000::/3 -all", (), "pass"),
        ("v=spf1 ip4:17.0.0.0/8 -all", (), "fail"),
        ("v=spf1 a:a.test/1 -all", (at("a.test", "A", "192.0.2.1"),), "pass"),
    ],
)
def test_what_it_says_of_strangers(record: str, more: tuple[Answer, ...], result: str) -> None:
    assert survey(Recorded([text(X, record), *more]), X).for_strangers() == result


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([silent(X)], Unknown),
        ([text(X, "v=spf1 include:a.test -all"), silent("a.test")], Unknown),
        ([text(X, "v=spf1 a:a.test -all"), silent("a.test", "A"), at("a.test", "AAAA")], Unknown),
        ([text(X, "v=spf1 include:a.test ?all"), silent("a.test")], Unknown),
        ([text(X, "v=spf1 include:a.test foo -all"), silent("a.test")], Fail),
        ([text(X, "v=spf1 include:a.test include:b.test -all"), silent("a.test"), text("b.test")], Fail),
        ([text(X, "v=spf1 -all")], Unknown),
        ([text(X, "v=spf1 mx:a.test -all"), at("a.test", "MX")], Pass),
    ],
)
def test_only_what_is_certain_fails(answers: list[Answer], kind: type) -> None:
    assert type(judged(*answers)) is kind


def test_a_domain_without_mail_is_no_fault_where_nobody_says_that_it_sends() -> None:
    assert type(judged(text(X, "v=spf1 -all"), whence="portal")) is Pass
    assert type(judged(text(X), whence="portal")) is Unknown
    assert type(judged(text(X, "v=spf1 +all"), whence="portal")) is Fail


@pytest.mark.parametrize(
    ("envelope", "kind"),
    [("", Fail), ("b@x.test", Fail), ("b@mailer.test", Pass)],
)
def test_no_record_is_a_fault_unless_the_envelope_is_of_another_domain(envelope: str, kind: type) -> None:
    assert type(judged(text(X), envelope=envelope)) is kind


def test_letting_nobody_send_is_no_fault_where_the_envelope_is_of_another_domain() -> None:
    assert type(judged(text(X, "v=spf1 -all"), envelope="b@mailer.test")) is Pass


@pytest.mark.parametrize(
    ("senders", "kind"),
    [
        (("192.0.2.1",), Pass),
        (("192.0.2.2",), Fail),
        (("2001:db8::1",), Fail),
        (("mail.x.test",), Pass),
        (("old.x.test",), Fail),
        (("slow.x.test",), Pass),
        (("postmark",), Pass),
        (("no such service",), Pass),
    ],
)
def test_each_declared_sender_is_tried(senders: tuple[str, ...], kind: type) -> None:
    answers = (
        text(X, "v=spf1 ip4:192.0.2.1 include:spf.mtasv.net -all"),
        text("spf.mtasv.net", "v=spf1 ip4:198.51.100.0/24 ~all"),
        at("mail.x.test", "A", "192.0.2.1"),
        at("mail.x.test", "AAAA"),
        at("old.x.test", "A", "192.0.2.1", "192.0.2.9"),
        at("old.x.test", "AAAA"),
        silent("slow.x.test", "A"),
        silent("slow.x.test", "AAAA"),
    )
    assert type(judged(*answers, senders=senders)) is kind


def test_a_service_behind_what_refuses_it_may_not_send() -> None:
    found = judged(
        text(X, "v=spf1 -ip4:198.51.100.0/25 include:_spf.google.com -all"),
        text("_spf.google.com", "v=spf1 ip4:198.51.100.0/24 ~all"),
        senders=("google-workspace",),
    )
    assert isinstance(found, Fail)
    assert "google-workspace (198.51.100.0) may not send" in found.findings[0].detail


TERMS = st.one_of(
    st.sampled_from(
        "all -all ~all ?all a mx ptr a:y.test mx:y.test/24 ip4:192.0.2.0/24 ip6:2001:db8::/32 include:y.test include:x.test "
        "exists:%{i}.y.test exists:y.test redirect=y.test redirect=%{d} exp=y.test a//64 a:%{p}.y.test foo=bar ptr:y.test".split()
    ),
    st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=12),
)
RECORDS = st.lists(TERMS, max_size=6).map(lambda terms: " ".join(["v=spf1", *terms]))


@given(RECORDS, RECORDS, st.sampled_from(["192.0.2.1", "2001:db8::1", "203.0.113.9"]), st.text(max_size=20))
def test_whatever_is_written_is_judged(record: str, other: str, ip: str, sender: str) -> None:
    answers = [
        text(X, record),
        text("y.test", other),
        at("y.test", "A", "192.0.2.7"),
        at("y.test", "MX", "0 ."),
    ]
    known = Recorded(answers)
    found = check_sender(known, ip, f"{sender}@{X}")
    assert found.result in {"pass", "fail", "softfail", "neutral", "permerror", "temperror"}
    tree = survey(known, X)
    if is_record(record):
        try:
            parse(record)
        except MalformedError:
            assert tree.problem
            assert found.result == "permerror"
    assert type(judged(*answers)) in (Pass, Fail, Unknown)


@given(RECORDS)
def test_what_lets_strangers_in_lets_a_stranger_in(record: str) -> None:
    known = Recorded(
        [text(X, record), text("y.test", "v=spf1 -all"), at("y.test", "A"), at(X, "A"), at("y.test", "AAAA")]
    )
    tree = survey(known, X)
    found = check_sender(known, "203.0.113.9", f"a@{X}")
    if found.result in ("pass", "fail", "softfail", "neutral") and not re.search(r"%|ptr", record):
        assert tree.for_strangers() == found.result or tree.lookups > 10
