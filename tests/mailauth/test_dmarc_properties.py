"""What holds of DMARC whatever stands in DNS."""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.email import dmarc as check
from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.evidence.mail_domains import MailDomain, MailDomains
from launchready.evidence.mail_reports import MailReports
from launchready.mailauth import dmarc
from launchready.mailauth.dmarc_record import LEVELS, is_dmarc, is_nearly_dmarc, read_dmarc, report_address
from launchready.mailauth.known import Known
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict

from .conftest import Zone

LABELS = st.sampled_from(["a", "b", "mail", "example", "com", "test", "co", "uk"])
NAMES = st.lists(LABELS, min_size=1, max_size=12).map(".".join)
TAGS = st.sampled_from(
    "p=none|p=quarantine|p=reject|sp=none|sp=reject|np=none|np=reject|t=y|pct=50|psd=y|psd=n|psd=u|p=oops|adkim=s"
    "|rua=mailto:a@example.com|rua=a@example.com|x=1|nonsense".split("|")
)
RECORDS = st.lists(TAGS, max_size=4).map(lambda tags: "; ".join(("v=DMARC1", *tags)))
TABLES = st.dictionaries(NAMES.map(lambda name: f"_dmarc.{name}"), RECORDS | st.just("?"), max_size=4)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert not (is_dmarc(text) and is_nearly_dmarc(text))
    record = read_dmarc("example.com", "v=DMARC1;" + text)
    assert record.p in LEVELS
    assert 0 <= record.pct <= 100


@given(st.text())
def test_an_address_has_a_host_or_a_fault(text: str) -> None:
    address = report_address(text)
    assert bool(address.host) is not bool(address.fault)


@given(RECORDS, st.sampled_from(["", " ", ";", " ; ", "; y=2"]))
def test_what_receivers_ignore_changes_nothing(text: str, more: str) -> None:
    one, other = read_dmarc("example.com", text), read_dmarc("example.com", text + more)
    assert (one.p, one.sp, one.np, one.usable, one.testing) == (
        other.p,
        other.sp,
        other.np,
        other.usable,
        other.testing,
    )


@given(NAMES)
def test_a_walk_goes_up_to_the_top_in_eight_steps_at_most(domain: str) -> None:
    names = dmarc.ancestors(domain)
    assert len(names) < dmarc.MOST_LABELS
    assert all(domain.endswith("." + name) for name in names)
    assert not names or "." not in names[-1]
    assert [name.count(".") for name in names] == list(range(len(names) - 1, -1, -1))


@given(TABLES, NAMES)
def test_the_organizational_domain_is_the_domain_or_above_it(table: dict[str, str], domain: str) -> None:
    try:
        owner = dmarc.organizational_domain(Zone(table), domain)
    except LookupError:
        assert "?" in table.values()
        return
    assert f".{domain}".endswith(f".{owner}")


@given(
    TABLES,
    NAMES,
    st.sampled_from(["the domain itself", "names below that exist", "names below that do not exist"]),
)
def test_a_policy_comes_from_a_record_at_the_domain_or_above_it(
    table: dict[str, str], domain: str, whose: dmarc.Whose
) -> None:
    try:
        held = dmarc.policy(Zone(table), domain, whose)
    except LookupError:
        assert "?" in table.values()
        return
    assert (held.level == "") is (held.record is None or not held.record.usable)
    if held.record:
        assert f".{domain}".endswith(f".{held.record.domain}")


@given(TABLES, NAMES)
def test_adding_a_time_out_never_makes_a_pass_of_a_fail_nor_a_fail_of_a_pass(
    table: dict[str, str], domain: str
) -> None:
    known = Known()
    dmarc.want(known, domain)
    while known.open:
        zone = Zone(table)
        known.add([zone.look_up(*question) for question in known.open])
        dmarc.want(known, domain)
    told = judge(_mail(domain, known.answers))
    silent = tuple(
        Answer(each.name, each.kind, "untold", why=Missing(Cause.UNREACHABLE, "?", "?"))
        for each in known.answers
    )
    assert isinstance(judge(_mail(domain, silent)), Unknown)
    for at in range(len(silent)):
        mixed = (*known.answers[:at], silent[at], *known.answers[at + 1 :])
        one_less = judge(_mail(domain, mixed))
        assert not (isinstance(told, Pass) and isinstance(one_less, Fail))
        assert not (isinstance(told, Fail) and isinstance(one_less, Pass))


def judge(mail: MailDomains) -> Verdict:
    return check.judge(mail, MailReports())


def _mail(domain: str, answers: tuple[Answer, ...]) -> MailDomains:
    return MailDomains((MailDomain(domain, ("declared",)),), answers)


def test_a_judge_asks_for_nothing_that_was_not_wanted(zone: Callable[[Mapping[str, Any]], Zone]) -> None:
    table = {
        "_dmarc.example.com": "v=DMARC1; p=reject; rua=mailto:a@example.net",
        "MX example.net": "10 mx.example.net",
    }
    known = Known()
    dmarc.want(known, "mail.example.com")
    while known.open:
        known.add([zone(table).look_up(*question) for question in known.open])
        dmarc.want(known, "mail.example.com")
    assert isinstance(judge(_mail("mail.example.com", known.answers)), Fail)
    agreed = {**table, "example.com._report._dmarc.example.net": "v=DMARC1"}
    answers = tuple(zone(agreed).look_up(each.name, each.kind) for each in known.answers)
    assert isinstance(judge(_mail("mail.example.com", answers)), Pass)
