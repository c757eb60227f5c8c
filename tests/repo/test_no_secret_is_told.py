"""A canary: secrets on every surface at once, and none of them whole in anything that a run leaves or says."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

import matrix
from launchready import cli
from launchready.cli import launchready
from launchready.detect import Detector
from launchready.report import FORMATS, render
from launchready.scorecard import Report
from launchready_testbed import Bed
from launchready_testbed.secret_shapes import KINDS, aws_secret, database_url, private_key, sendgrid, stripe

from .conftest import Clone, needs_git

pytestmark = needs_git

FAULTS = (
    "secrets/env-tracked",
    "secrets/history-deleted",
    "secrets/history-branch",
    "secrets/history-dangling",
    "secrets/history-message",
    "secrets/history-backup",
    "secrets/tree-default",
    "secrets/tree-untracked",
    "secrets/source-env-ignored",
    "secrets/bundle",
    "secrets/bundle-source-map",
    "secrets/exposed-files",
    "secrets/error-settings",
)


def seeded() -> Iterator[str]:
    """What the bed's faults hold, as a reader would have to see it to use it."""
    for seed in ("bed", "env", "backup", "message", "own"):
        yield from (
            stripe(seed),
            sendgrid(seed),
            aws_secret(seed),
            urlsplit(database_url(seed)).password or "",
        )
        yield private_key(seed).splitlines()[1]
    for make in KINDS.values():
        yield from (word for word in make("bed").split() if len(word) > 20 and "-----" not in word)


@pytest.fixture(scope="module")
def run(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    folder = tmp_path_factory.mktemp("canary")
    bed.switch(FAULTS)
    ids = tuple(check.id for check in matrix.all_checks() if check.row == "secrets")
    report = matrix.audit_bed(bed, folder, checks=ids, active=True)
    return report, next((folder / "runs").iterdir())


def told(report: Report, folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
    for form in FORMATS:
        yield form, render(report, form, folder)
    for form in ("terminal", "markdown", "json"):
        done = CliRunner().invoke(launchready, ["secrets", "rotate-list", str(folder), "--format", form])
        yield f"rotate-list {form}", done.output.encode()


def test_the_secrets_are_found(run: tuple[Report, Path]) -> None:
    verdicts = matrix.verdicts(run[0])
    assert verdicts["secrets/history"] == verdicts["secrets/tree"] == verdicts["secrets/bundle"] == "fail"
    assert run[0].secrets
    assert len(run[0].secrets.secrets) >= 8


@pytest.mark.parametrize("form", ["terminal", "html", "markdown"])
def test_people_are_shown_which_to_replace(run: tuple[Report, Path], form: str) -> None:
    assert run[0].secrets
    shown = render(run[0], form, run[1]).decode()
    assert "secrets to replace" in shown.lower()
    assert run[0].secrets.secrets[0].kind in shown
    assert "still to be replaced" in " ".join(shown.split())


def test_nothing_that_a_run_leaves_or_says_holds_one(run: tuple[Report, Path]) -> None:
    values = [value.encode() for value in seeded()]
    assert len(values) > 30
    for name, content in told(*run):
        assert [value[:4] for value in values if value in content] == [], name


def test_our_own_eyes_find_none_in_it(run: tuple[Report, Path]) -> None:
    detector = Detector()
    for name, content in told(*run):
        assert [each.kind for each in detector.find(content, name)] == [], name


def test_a_collector_that_breaks_tells_none(
    bed: Bed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError(f"cannot parse {stripe()}")

    monkeypatch.setattr("launchready.collect.history._HistorySearch.run", broken)
    report = matrix.audit_bed(bed, tmp_path, checks=("secrets/history",))
    assert matrix.verdicts(report)["secrets/history"] == "unknown(check-bug)"
    for name, content in told(report, next((tmp_path / "runs").iterdir())):
        assert stripe().encode() not in content, name


def test_a_crash_tells_none(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError(f"cannot parse {stripe()}")

    monkeypatch.setattr("launchready.guard.look", broken)
    monkeypatch.setattr(sys, "argv", ["launchready", "secrets", "guard"])
    monkeypatch.chdir(clone.folder)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.EXIT_BROKEN
    said = "".join(capsys.readouterr())
    assert "RuntimeError" in said
    assert stripe() not in said
