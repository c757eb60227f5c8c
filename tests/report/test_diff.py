"""Two reports compared."""

import msgspec
import pytest

from launchready.errors import UsageError
from launchready.report import Setting, diff, render_diff
from launchready.scorecard import DoubtItem, Report, Result


def with_result(report: Report, check: str, **changes: object) -> Report:
    """The report with one result changed."""

    def changed(result: Result) -> Result:
        return msgspec.structs.replace(result, **changes) if result.check == check else result

    return msgspec.structs.replace(report, results=tuple(map(changed, report.results)))


def test_a_report_and_itself(not_ready: Report) -> None:
    same = diff.compare(not_ready, not_ready)
    assert (same.new, same.fixed, same.unproven, same.rows, same.checks) == ((), (), (), (), ())
    assert len(same.still_open) == 144
    assert b"Nothing changed." in diff.to_terminal(same, Setting())


def test_fixed_only_where_the_new_run_looked(not_ready: Report) -> None:
    fixed = with_result(not_ready, "https/redirects", verdict="pass", findings=())
    compared = diff.compare(not_ready, fixed)
    assert [moved.check for moved in compared.fixed] == ["https/redirects"]
    assert compared.checks == (diff.Change("https/redirects", "fail", "pass"),)

    back = diff.compare(fixed, not_ready)
    assert [moved.check for moved in back.new] == ["https/redirects"]


@pytest.mark.parametrize(
    ("subject", "proven"),
    [
        ("", False),
        ("http://portal.lab.test/", False),
        ("http://portal.lab.test/login", False),
        ("http://other/", True),
    ],
)
def test_a_doubt_that_covers_it_leaves_it_unproven(not_ready: Report, subject: str, *, proven: bool) -> None:
    doubt = DoubtItem(subject, "unreachable", "nobody answered in time", "again")
    later = with_result(not_ready, "https/redirects", verdict="unknown", findings=(), doubts=(doubt,))
    compared = diff.compare(not_ready, later)
    gone = compared.fixed if proven else compared.unproven
    assert [moved.check for moved in gone] == ["https/redirects"]
    assert not (compared.unproven if proven else compared.fixed)


def test_a_check_that_was_not_run_proves_nothing(not_ready: Report) -> None:
    fewer = msgspec.structs.replace(not_ready, results=not_ready.results[1:])
    compared = diff.compare(not_ready, fewer)
    assert not compared.fixed
    assert [moved.check for moved in compared.unproven] == ["https/redirects"]


def test_rendered_for_people_and_machines(ready: Report, not_ready: Report) -> None:
    compared = diff.compare(ready, not_ready)
    text = diff.to_terminal(compared, Setting()).decode()
    assert "NOT READY (was: ready)" in text
    assert text.index("critical  authz/object") < text.index("high  https/redirects")
    assert "and 135 more" in text
    assert max(map(len, text.splitlines())) <= 80
    assert msgspec.json.decode(diff.to_json(compared), type=diff.Diff) == compared


def test_hostile_text_is_inert(not_proven: Report, hostile: Report) -> None:
    text = diff.to_terminal(diff.compare(not_proven, hostile), Setting(colour=True))
    assert b"\x1b[2J" not in text


def test_forms_of_a_comparison(ready: Report, not_ready: Report) -> None:
    assert b"NOT READY" in render_diff(ready, not_ready)
    assert render_diff(ready, not_ready, "json").startswith(b"{")
    with pytest.raises(UsageError, match="terminal or json"):
        render_diff(ready, not_ready, "html")
