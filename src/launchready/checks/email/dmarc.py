"""Does DMARC keep forged mail in the portal's name out of inboxes, and does its owner hear of it?"""

from collections.abc import Iterator

from launchready.check import Check, Fix, Risk
from launchready.checks.email._dmarc_examples import examples
from launchready.evidence import Missing
from launchready.evidence.mail_domains import MailDomains
from launchready.evidence.mail_reports import MailReports, ReportedSource
from launchready.mailauth.answers import Recorded, Untold, texts
from launchready.mailauth.dmarc import (
    Policy,
    Whose,
    consent_name,
    has_consent,
    is_outside,
    older_policy,
    policy,
    published,
    registered_domain,
    takes_mail,
)
from launchready.mailauth.dmarc_record import DmarcRecord, ReportAddress, is_nearly_dmarc
from launchready.mailauth.known import Known
from launchready.mailauth.tag_list import shown
from launchready.verdict import Cause, Doubt, Finding, Seen, Verdict, weigh

_Part = Seen | Finding | Doubt
_FAILING_TOLD = 5
_BELOW: tuple[Whose, ...] = ("names below that exist", "names below that do not exist")


def judge(mail: MailDomains, reports: MailReports | Missing) -> Verdict:
    """By RFC 9989 and by RFC 7489 both, as receivers go by either."""
    known = Recorded(mail.answers)
    parts: list[_Part] = [gap.doubt() for gap in mail.gaps]
    for domain in mail.domains:
        parts += _of_domain(known, domain.name)
    parts += _arrived(reports)
    return weigh(
        (part for part in parts if isinstance(part, Seen)),
        (part for part in parts if isinstance(part, Finding)),
        (part for part in parts if isinstance(part, Doubt)),
    )


def _of_domain(known: Known, domain: str) -> Iterator[_Part]:
    held: list[Policy] = []
    untold: Untold | None = None
    for find in (policy, older_policy):
        try:
            held.append(find(known, domain))
        except Untold as error:
            untold = error
    if wrong := next(filter(None, (_wrong(known, domain, each) for each in held)), ""):
        yield Finding(domain, wrong)
    if untold is not None:
        yield untold.why.doubt(f"_dmarc.{domain}")
    elif not wrong:
        yield from _held(known, domain, *held)
    records = {each.record.domain: each.record for each in held if each.record and each.level}
    for record in records.values():
        yield from _destinations(known, record)
        yield from _written(domain, record)


def _written(domain: str, record: DmarcRecord) -> Iterator[_Part]:
    """What is odd in how the record is written, beside what was said of its policy and of where reports go."""
    for fault in record.faults:
        if "twice" in fault:
            yield Finding(domain, f"{fault}, and receivers differ in which one they take")
        elif not fault.startswith(("rua=", "p=", "sp=", "np=", "the tag p")):
            yield Seen(f"_dmarc.{record.domain}", f"receivers ignore that {fault}")


def _wrong(known: Known, domain: str, held: Policy) -> str:
    """Why receivers that go by this do not keep forged mail out; empty where they do."""
    return _weakness(held) if held.level else _without(known, domain, held.record)


def _held(known: Known, domain: str, now: Policy, before: Policy) -> Iterator[_Part]:
    """What an enforced policy says of the domain, and of the names below it."""
    assert now.record is not None
    where = f"_dmarc.{now.record.domain}"
    yield Seen(domain, f"forged mail is to be {_kept_out(now)}: {now.tag}={now.level} at {where}")
    yield from _below(known, domain, now, before)


def _kept_out(held: Policy) -> str:
    return "refused" if held.level == "reject" else "kept out of the inbox"


def _weakness(held: Policy) -> str:
    """Why this policy is not enforced; empty where it is."""
    record = held.record
    assert record is not None
    where = f"_dmarc.{record.domain}"
    if held.weakened == "t=y":
        return f"t=y at {where} says that its policy is a test, so receivers take it one step lower ({held.level})"
    if held.weakened:
        return f"{held.weakened} at {where} exempts the rest of forged mail from its policy"
    if held.level == "none":
        wrong = f" ({'; '.join(record.faults)})" if record.faults else ""
        return f"{held.tag}=none holds by {where}, which only watches forged mail and lets it through{wrong}"
    return ""


def _below(known: Known, domain: str, now: Policy, before: Policy) -> Iterator[_Part]:
    """Names below, as far as the same record speaks of them: another's record is another's to mend."""
    for whose in _BELOW:
        for find, own in ((policy, now), (older_policy, before)):
            try:
                held = find(known, domain, whose)
            except Untold as error:
                yield error.why.doubt(f"names below {domain}")
                return
            if held.record is not None and own.record == held.record and own.enforced and not held.enforced:
                yield Finding(domain, f"{whose} are left out: {_weakness(held)}")
                return
            if (
                held.record is not None
                and own.record != held.record
                and whose == _BELOW[0]
                and find is policy
            ):
                detail = f"names below it go by _dmarc.{held.record.domain}: {held.tag}={held.level}"
                yield Seen(domain, detail)


def _without(known: Known, domain: str, unusable: DmarcRecord | None) -> str:
    """Why there is no DMARC, from what is there instead of a record."""
    if unusable is not None:
        faults = "; ".join(unusable.faults)
        return (
            f"receivers take no policy from the record of {unusable.domain}, {shown(unusable.text)}: {faults}"
        )
    for name in dict.fromkeys((domain, registered_domain(domain))):
        there = published(known, name)
        if len(there.records) > 1:
            return f"there are {len(there.records)} records at _dmarc.{name}, so receivers take none"
        for text in filter(is_nearly_dmarc, there.others):
            return f"receivers do not take {shown(text)} at _dmarc.{name} for a record: it must begin with v=DMARC1;"
    try:
        stray = [text for text in texts(known, domain) if "dmarc1" in text.lower()]
    except Untold:
        stray = []
    if stray:
        return f"there is no record at _dmarc.{domain}; one stands at {domain} itself, where nobody looks"
    above = registered_domain(domain)
    nor = "" if above == domain else f" nor at _dmarc.{above}, where receivers that go by RFC 7489 look"
    return f"there is no DMARC record at _dmarc.{domain}{nor}"


def _destinations(known: Known, record: DmarcRecord) -> Iterator[_Part]:
    where = f"reports of {record.domain}"
    good = [each for each in record.rua if not each.fault]
    wrong = [f"{shown(each.written)} {each.fault}" for each in record.rua if each.fault]
    if wrong:
        yield Finding(where, f"rua: {'; '.join(wrong)}")
    elif not good:
        yield Finding(where, "the record asks for no reports (rua), so nobody hears of mail that fails")
    for address in good:
        try:
            yield _report(known, record, address, where)
        except Untold as error:
            yield error.why.doubt(where)


def _report(known: Known, record: DmarcRecord, address: ReportAddress, where: str) -> _Part:
    if is_outside(record, address) and not has_consent(known, record, address):
        missing = consent_name(record, address)
        return Finding(
            where, f"{address.host} does not say at {missing} that it takes them, so none are sent there"
        )
    if not takes_mail(known, address.host):
        return Finding(where, f"no mail can reach {address.host}, where they are to go")
    return Seen(where, f"go to an address at {address.host}")


def _arrived(reports: MailReports | Missing) -> Iterator[_Part]:
    """What the reports say that the owner keeps. Mail that failed may be forged: it is told, and decides nothing."""
    if isinstance(reports, Missing):
        yield reports.doubt("reports that arrived")
    elif reports.named:
        yield from (gap.doubt("reports that arrived") for gap in reports.gaps)
        if not reports.reports:
            settle = "put reports there that arrived by mail, or take the line out of [email]"
            none = "no report was found in the files that [email] reports names"
            yield Doubt("reports that arrived", Cause.NOT_COLLECTED, none, settle)
        else:
            yield Seen("reports that arrived", _added_up(reports))


def _added_up(reports: MailReports) -> str:
    mails = sum(source.mails for source in reports.sources)
    failing = sorted(
        (each for each in reports.sources if each.failed), key=lambda each: (-each.failed, each.address)
    )
    failed = "; ".join(
        f"{each.failed} from {each.address}{_vouched(each)} failed" for each in failing[:_FAILING_TOLD]
    )
    by = ", ".join(reports.reporters)
    return f"{reports.reports} of {by}, {reports.since} to {reports.until}: {mails} mails; {failed or 'none failed'}"


def _vouched(source: ReportedSource) -> str:
    return f" (vouched for by {', '.join(source.vouched_by)})" if source.vouched_by else ""


CHECK = Check(
    asks="Does DMARC keep forged mail in the portal's name out of inboxes, and is somebody told of what fails?",
    risk=Risk.HIGH,
    why=(
        "Without an enforced policy anybody can send a mail that says it is from the portal, such as a false invoice or "
        "a false password reset, and it lands in your clients' inboxes. Without reports nobody sees real mail fail."
    ),
    fix=Fix(
        owner=(
            "Ask whoever keeps your domain's DNS to set a DMARC record with reports first, read the reports for two weeks "
            "until all your own mail passes, then raise the policy to quarantine, and later to reject."
        ),
        engineer=(
            'One TXT record at _dmarc of the From domain: "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com". Leave '
            "out sp, np, pct and t, or let them be no weaker than p. If reports go to another organisation, it must "
            'publish "v=DMARC1" at yourdomain._report._dmarc.theirdomain; services do so when you add the domain there. '
            "First let SPF or DKIM of every service that sends for you align with the From domain."
        ),
        undo="Set p=none; receivers notice when the record's TTL has passed, mostly within an hour.",
        verify=(
            "`dig +short TXT _dmarc.example.com` must show exactly one record; then run "
            "`launchready audit --check email/dmarc`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-10",),
    asvs=(),
    cwe=(290, 345),
)
for _says, _expected, _mail, _reports in examples():
    CHECK.example(_says, _expected, _mail, _reports)
