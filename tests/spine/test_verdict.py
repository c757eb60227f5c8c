"""Verdicts add up without averages, and nothing empty passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.verdict import (
    Cause,
    Doubt,
    Fail,
    Finding,
    Pass,
    RowVerdict,
    Seen,
    Unknown,
    roll_up,
    weigh,
)

seens = st.lists(st.builds(Seen, st.text(max_size=5), st.text(max_size=5)), max_size=4)
findings = st.lists(st.builds(Finding, st.sampled_from("abc"), st.text(max_size=3)), max_size=4)
doubts = st.lists(
    st.builds(Doubt, st.text(max_size=3), st.sampled_from(Cause), st.just("d"), st.just("s")), max_size=4
)
words = st.lists(st.sampled_from(RowVerdict), max_size=6)


@pytest.mark.parametrize("kind", [Pass, Fail, Unknown])
def test_a_verdict_must_cite_something(kind: type) -> None:
    with pytest.raises(ValueError, match="must"):
        kind(())


@given(seens, findings, doubts)
def test_weighing_keeps_everything_and_never_hides_a_finding(
    seen: list[Seen], found: list[Finding], doubted: list[Doubt]
) -> None:
    verdict = weigh(seen, found, doubted)
    if found:
        assert isinstance(verdict, Fail)
        assert {f.subject for f in verdict.findings} == {f.subject for f in found}
        assert len(verdict.findings) == len({f.subject for f in found})
        assert set(verdict.doubts) == set(doubted)
        for finding in found:
            assert any(
                finding.detail in kept.detail for kept in verdict.findings if kept.subject == finding.subject
            )
    elif doubted or not seen:
        assert isinstance(verdict, Unknown)
        assert verdict.doubts
    else:
        assert isinstance(verdict, Pass)
    assert set(verdict.seen) == set(seen)


@given(words)
def test_one_fail_fails_a_row_and_one_unknown_keeps_it_from_passing(row: list[RowVerdict]) -> None:
    rolled = roll_up(row)
    assert (rolled == RowVerdict.FAIL) == (RowVerdict.FAIL in row)
    if rolled == RowVerdict.PASS:
        assert RowVerdict.UNKNOWN not in row
        assert RowVerdict.PASS in row
    if not row:
        assert rolled == RowVerdict.UNKNOWN
