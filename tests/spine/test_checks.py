"""Walks every check: words, examples that judge as they say, and Unknown when its evidence is missing."""

import re
import shlex

import pytest
from click.testing import CliRunner

from launchready.check import Check, needs
from launchready.checks import all_checks, all_rows
from launchready.cli import Commands
from launchready.engine import all_collectors, fact_kinds
from launchready.evidence import Fact, Missing
from launchready.verdict import Cause, Fail, Pass, Unknown

each_check = pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.id)
SCORECARD = (
    "https",
    "auth",
    "authz",
    "secrets",
    "email",
    "edge",
    "deploy",
    "monitoring",
    "logging",
    "performance",
)


def test_the_ten_rows_stand_in_order_with_their_criteria() -> None:
    assert tuple(row.name for row in all_rows()) == SCORECARD
    assert all(row.title and row.criterion for row in all_rows())


def test_the_first_row_is_complete() -> None:
    names = "certificate headers hsts mixed-content redirect-map redirects tls"
    assert {c.id for c in all_checks() if c.row == "https"} == {f"https/{name}" for name in names.split()}


@each_check
def test_a_check_has_all_its_words(check: Check) -> None:
    fix = check.fix
    for words in (check.asks, check.why, fix.owner, fix.engineer, fix.undo, fix.verify):
        assert len(words.split()) >= 4
    assert check.asks.endswith("?")
    assert check.wstg
    assert check.cwe


@each_check
def test_what_it_says_to_run_can_be_run(check: Check) -> None:
    told = re.findall(r"`?launchready ([a-z]+(?: [^`\n]*)?)`", check.fix.verify)
    assert told
    for command in told:
        assert (
            CliRunner().invoke(Commands("launchready"), [*shlex.split(command), "--help"]).exit_code == 0
        ), command
        assert check.id in command.split()


@each_check
def test_the_examples_judge_as_they_say(check: Check) -> None:
    parameters = needs(check.judge)
    expected = {example.expected for example in check.examples}
    assert {Pass, Fail, Unknown} <= expected
    for example in check.examples:
        facts = dict(zip((need.fact for need in parameters.values()), example.facts, strict=True))
        assert isinstance(check.answer(facts), example.expected), example.says


@each_check
@pytest.mark.parametrize("cause", [Cause.UNREACHABLE, Cause.NO_CONSENT])
def test_missing_evidence_is_unknown_with_its_cause(check: Check, cause: Cause) -> None:
    gone = Missing(cause, "could not look", "look again")
    verdict = check.answer({need.fact: gone for need in needs(check.judge).values()})
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {cause}
    assert all(doubt.settle_by for doubt in verdict.doubts)


@each_check
def test_nothing_collected_is_unknown(check: Check) -> None:
    assert isinstance(check.answer({}), Unknown)


@each_check
def test_everything_a_check_needs_has_a_collector(check: Check) -> None:
    for need in needs(check.judge).values():
        assert need.fact in all_collectors()


def test_every_collected_fact_can_be_read_back() -> None:
    names = [kind.__name__ for kind in fact_kinds()]
    assert len(names) == len(set(names)), "evidence.json keeps facts by name"
    assert set(all_collectors()) <= set(fact_kinds())
    assert all(issubclass(kind, Fact) for kind in all_collectors())
