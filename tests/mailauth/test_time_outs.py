"""A time-out is never taken for an absent record: not telling one answer turns no pass into a fail, and no fail into a pass."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from launchready.check import Check, Example
from launchready.checks.email import dkim, dmarc, senders, spf, transport
from launchready.evidence import Missing
from launchready.evidence.dns import DnsAnswer
from launchready.evidence.mail_domains import MailDomains
from launchready.mailauth.dkim_keys import key_name
from launchready.verdict import Cause, Fail, Pass, Unknown

CHECKS = [module.CHECK for module in (dkim, dmarc, senders, spf, transport)]
EVERY = 9
"""Of answers that there is no such record every ninth is taken: most are usual selectors that nobody has."""


def examples(check: Check) -> Iterator[tuple[Example, MailDomains]]:
    for example in check.examples:
        if isinstance(example.facts[0], MailDomains):
            yield example, example.facts[0]


def silent(answer: DnsAnswer) -> DnsAnswer:
    why = Missing(Cause.UNREACHABLE, "nobody told it in time", "ask again")
    return DnsAnswer(answer.name, answer.kind, "untold", why=why, trouble="timeout")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_one_answer_less_turns_nothing_round(check: Check) -> None:
    looked = 0
    for example, mail in examples(check):
        # A key that nobody names is found by guessing, which never is complete.
        guesses = {key_name(*where) for *where, whence in mail.selectors if whence == "well-known"}
        absent = [each for each in mail.answers if each.outcome == "absent"]
        for answer in [each for each in mail.answers if each.outcome == "present"] + absent[::EVERY]:
            answers = tuple(silent(each) if each is answer else each for each in mail.answers)
            verdict = check.judge(replace(mail, answers=answers), *example.facts[1:])
            what = (example.says, answer.name, answer.kind)
            assert not (example.expected is Pass and isinstance(verdict, Fail)), what
            if answer.name not in guesses:
                assert not (example.expected is Fail and isinstance(verdict, Pass)), what
            looked += 1
    assert looked


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_no_answer_at_all_is_unknown(check: Check) -> None:
    for example, mail in examples(check):
        bare = replace(mail, answers=tuple(map(silent, mail.answers)))
        if mail.domains and not any(getattr(fact, "deliveries", ()) for fact in example.facts):
            verdict = check.judge(bare, *example.facts[1:])
            assert isinstance(verdict, Unknown), example.says
            assert (
                Cause.UNREACHABLE in {doubt.cause for doubt in verdict.doubts} or example.expected is Unknown
            )
