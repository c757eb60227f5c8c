"""From what was met to one answer: yes, no, or not proven. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from launchready.checks.email.delivery import judge as delivered
from launchready.evidence import Missing
from launchready.evidence.letters import Delivery, MailDrill
from launchready.evidence.redact import subject
from launchready.evidence.selftest import SelfTest, SelfTestStep
from launchready.verdict import (
    Cause,
    Doubt,
    Finding,
    RowVerdict,
    Seen,
    Unknown,
    Verdict,
    roll_up,
    weigh,
    word,
)

ANSWERS = {RowVerdict.PASS: "yes", RowVerdict.FAIL: "no"}
_CERTIFICATE = ("ERR_CERT_", "ERR_SSL_")


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of the self-test and its answer; `topic` names it in a word or two."""

    topic: str
    asks: str
    verdict: Verdict


def answers(test: SelfTest) -> tuple[Answered, ...]:
    """Every question, in the order in which a new member of staff meets them."""
    return tuple(Answered(topic, asks, judge(test)) for topic, asks, judge in _QUESTIONS)


def overall(answered: Iterable[Answered]) -> str:
    """Yes, no or not proven: any no is no, any unknown is not proven."""
    return ANSWERS.get(roll_up(word(each.verdict) for each in answered), "not proven")


def _sign_in(test: SelfTest) -> Verdict:
    seen, findings, doubts = [], [], []
    for step in _of(test, "sign-in"):
        if step.unknown is not None:
            doubts.append(step.unknown.doubt(step.says))
        elif step.why:
            findings.append(Finding(step.says, step.why))
        else:
            seen.append(Seen(step.says, f"done, at {subject(step.url)}"))
    if test.way == "session":
        settle = "give this [[identity]] a username and password"
        told = "the portal file hands over a session, so nobody saw whether signing in works"
        doubts.append(Doubt("sign in", Cause.NOT_COLLECTED, told, settle))
    if test.lost:
        findings.append(Finding("stay signed in", "in the end the portal asked to sign in again"))
    elif test.lost_unknown is not None:
        doubts.append(test.lost_unknown.doubt("stay signed in"))
    return _weighed(test, seen, findings, doubts)


def _work(test: SelfTest) -> Verdict:
    seen, findings, doubts = [], [], []
    for step in _work_steps(test):
        where = f"{step.part}: {step.says}"
        if step.unknown is not None:
            doubts.append(step.unknown.doubt(where))
        elif step.why:
            findings.append(Finding(where, step.why))
        elif step.status >= 400:
            findings.append(Finding(where, f"answered {step.status}"))
        else:
            seen.append(Seen(where, f"done, at {subject(step.url)}"))
    return _weighed(test, seen, findings, doubts)


def _records(_test: SelfTest) -> Verdict:
    why = "whether it reaches records that it should not was not looked at"
    return _not_yet(why, "run launchready audit and see that its rows auth and authz pass")


def _console(test: SelfTest) -> Verdict:
    def said(step: SelfTestStep) -> Iterable[str]:
        yield from (f"an error that no script caught: {text}" for text in step.errors)
        yield from (f"on the console: {text}" for text in step.console)

    return _clean(test, said, "no error on the console", excused=True)


def _requests(test: SelfTest) -> Verdict:
    def said(step: SelfTestStep) -> Iterable[str]:
        for bad in step.bad:
            # Before signing in, a page may well ask who one is.
            if step.part != "sign-in" or bad.status not in (401, 403):
                yield f"{bad.method} {subject(bad.url)} was answered {bad.status}"
        yield from (f"{subject(each.url)} failed ({each.why})" for each in step.failed)

    return _clean(test, said, "every request was answered well")


def _insecure(test: SelfTest) -> Verdict:
    def said(step: SelfTestStep) -> Iterable[str]:
        if any(name in step.why for name in _CERTIFICATE):
            yield f"the browser warns of the certificate: {step.why}"
        if step.security.startswith("insecure"):
            yield "the browser marks the page as not secure"
        for each in step.mixed:
            does = "refused" if each.resolution == "blocked" else "warned of"
            yield f"the browser {does} insecure content, {subject(each.url)}"

    return _clean(test, said, "no warning")


def _mail(test: SelfTest) -> Verdict:
    match test.mail:
        case Delivery() as delivery:
            return delivered(MailDrill((delivery.mailbox,), (delivery,)))
        case Missing() as why:
            return Unknown((why.doubt(),))
    return _not_yet("no system mail was caused or looked for", "run it again with --active")


_QUESTIONS: tuple[tuple[str, str, Callable[[SelfTest], Verdict]], ...] = (
    ("signing in", "Can they sign in, and stay signed in?", _sign_in),
    ("work", "Can they do their work?", _work),
    ("records", "Do they reach only the records that they may?", _records),
    ("browser errors", "Is the browser free of errors?", _console),
    ("failed requests", "Does every request succeed?", _requests),
    ("insecure content", "Does the browser warn of nothing insecure?", _insecure),
    ("mail", "Does the portal's mail reach them?", _mail),
)


def _of(test: SelfTest, part: str) -> tuple[SelfTestStep, ...]:
    return tuple(step for step in test.steps if step.part == part)


def _work_steps(test: SelfTest) -> tuple[SelfTestStep, ...]:
    return tuple(step for step in test.steps if step.part != "sign-in")


def _no_browser(test: SelfTest) -> tuple[Doubt, ...]:
    return (test.browser.doubt(),) if isinstance(test.browser, Missing) and not test.steps else ()


def _weighed(test: SelfTest, seen: list[Seen], findings: list[Finding], doubts: list[Doubt]) -> Verdict:
    if not (seen or findings or doubts):
        signed = [step.unknown for step in _of(test, "sign-in") if step.unknown is not None]
        first = signed[0].doubt() if signed else None
        never = Doubt(
            "", Cause.NOT_COLLECTED, "it did not get so far", "mend what stands above, then run it again"
        )
        doubts = [*(_no_browser(test) or ((first,) if first else (never,)))]
    return weigh(seen, findings, doubts)


def _not_yet(why: str, settle_by: str) -> Verdict:
    return Unknown((Doubt("", Cause.NOT_COLLECTED, why, settle_by),))


def _clean(
    test: SelfTest, said: Callable[[SelfTestStep], Iterable[str]], good: str, *, excused: bool = False
) -> Verdict:
    """No step may say anything; where we kept scripts away, what it says may be our own doing."""
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for step in test.steps:
        where = step.says if step.part == "sign-in" else f"{step.part}: {step.says}"
        complaints = list(said(step))
        if not step.url and not complaints:
            continue
        if complaints and excused and step.withheld:
            hosts = ", ".join(f'"{host}"' for host in step.withheld)
            told = f"{complaints[0]}; it may come of what the scope kept the page from loading"
            doubts.append(Doubt(where, Cause.NO_CONSENT, told, f"allow it: [scope] subresources = [{hosts}]"))
        elif complaints:
            findings += (Finding(where, text) for text in complaints)
        else:
            seen.append(Seen(where, good))
    return _weighed(test, seen, findings, doubts)
