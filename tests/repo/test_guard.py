"""The guard holds up a commit that brings a secret, and no other; git itself runs it as a hook here."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from launchready.cli import EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY, launchready
from launchready.errors import UsageError
from launchready.guard.baseline import Baseline, read
from launchready_testbed.secret_shapes import github, sendgrid, stripe

from .conftest import Clone, needs_git

pytestmark = needs_git
KEY = stripe("guard")


def guard(clone: Clone, *arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(clone.folder)
        return CliRunner().invoke(
            launchready, ["secrets", "guard", *arguments], standalone_mode=False, catch_exceptions=True
        )


def stage(clone: Clone, path: str, text: str) -> None:
    (clone.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (clone.folder / path).write_text(text)
    clone.git("add", path)


def test_what_is_staged_is_looked_at_and_nothing_else(clone: Clone) -> None:
    clone.commit({"old.py": github()})
    stage(clone, "pay.py", "x = 1\n")
    (clone.folder / "pay.py").write_text(KEY)  # changed again, not staged
    assert guard(clone).return_value == EXIT_READY
    stage(clone, "config/pay.py", f'\nKEY = "{KEY}"\n')
    result = guard(clone)
    assert result.return_value == EXIT_NOT_READY
    assert result.stdout == "config/pay.py:2: Stripe secret key, 32 characters\n"
    assert KEY not in result.output


def test_the_first_commit_is_looked_at_too(clone: Clone) -> None:
    stage(clone, "pay.py", KEY)
    assert guard(clone).return_value == EXIT_NOT_READY


def test_it_is_run_in_any_folder_of_the_repository(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    stage(clone, "a/pay.py", KEY)
    monkeypatch.chdir(clone.folder / "a")
    assert (
        CliRunner().invoke(launchready, ["secrets", "guard"], standalone_mode=False).return_value
        == EXIT_NOT_READY
    )


def test_git_makes_no_commit_with_a_secret(clone: Clone) -> None:
    """`git commit FILE` makes an index of its own for the one commit, which the hook must be led to."""
    hook = clone.folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    paths = os.pathsep.join(filter(None, sys.path))
    hook.write_text(f"#!/bin/sh\nPYTHONPATH='{paths}' exec '{sys.executable}' -m launchready secrets guard\n")
    hook.chmod(0o755)
    clone.git("commit", "-q", "--allow-empty", "-m", "Begin")
    stage(clone, "pay.py", "x = 1\n")
    clone.git("commit", "-q", "-m", "Clean")
    (clone.folder / "pay.py").write_text(f'KEY = "{KEY}"\n')
    with pytest.raises(Exception, match="returned non-zero"):
        clone.git("commit", "-q", "-m", "Key", "pay.py")
    assert clone.git("log", "--format=%s").split() == ["Clean", "Begin"]


def test_a_range_holds_what_was_taken_out_again(clone: Clone) -> None:
    first = clone.commit({"a.txt": "one\n"})
    second = clone.commit({"pay.py": KEY}, day=2)
    clone.git("rm", "-q", "pay.py")
    clone.git("commit", "-q", "-m", "Out", day=3)
    result = guard(clone, "--range", f"{first}..HEAD")
    assert result.stdout == f"pay.py:1: Stripe secret key, 32 characters, in {second[:10]}\n"
    assert guard(clone, "--range", f"{second}..").return_value == EXIT_READY


@pytest.mark.parametrize("span", ["HEAD", "..HEAD", "HEAD...main", "nothing..HEAD", "--upload-pack=x..HEAD"])
def test_what_is_no_range_is_told(clone: Clone, span: str) -> None:
    clone.commit({"a.txt": "one\n"})
    assert isinstance(guard(clone, f"--range={span}").exception, UsageError)


def test_a_baseline_holds_up_only_what_is_new(clone: Clone) -> None:
    clone.commit({"pay.py": KEY, "mail.py": sendgrid()})
    known = clone.folder / "known.json"
    assert guard(clone, "--all").return_value == EXIT_NOT_READY
    assert guard(clone, "--all", "--baseline", str(known), "--update-baseline").return_value == EXIT_READY
    assert guard(clone, "--all", "--baseline", str(known)).return_value == EXIT_READY
    assert KEY not in known.read_text()
    stage(clone, "pay.py", f"# moved down\n{KEY}\n")
    assert guard(clone, "--baseline", str(known)).return_value == EXIT_READY
    stage(clone, "pay.py", stripe("another"))
    assert guard(clone, "--baseline", str(known)).return_value == EXIT_NOT_READY
    stage(clone, "elsewhere.py", KEY)
    assert "elsewhere.py" in guard(clone, "--baseline", str(known)).stdout


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"schema": "launchready/secrets-baseline/9"})])
def test_what_is_no_baseline_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "known.json").write_text(content)
    with pytest.raises(UsageError, match="baseline"):
        read(tmp_path / "known.json")
    with pytest.raises(UsageError, match="cannot read"):
        read(tmp_path / "none.json")


def test_a_baseline_is_written_alike_whatever_the_order(clone: Clone) -> None:
    stage(clone, "b.py", KEY)
    stage(clone, "a.py", github())
    guard(clone, "--baseline", "known.json", "--update-baseline")
    baseline = read(clone.folder / "known.json")
    assert [each.path for each in baseline.known] == ["a.py", "b.py"]
    assert isinstance(baseline, Baseline)


@pytest.mark.parametrize(("until", "code"), [("2099-01-01", EXIT_READY), ("2020-01-01", EXIT_NOT_READY)])
def test_a_waiver_in_force_lets_a_secret_pass(clone: Clone, until: str, code: int) -> None:
    stage(clone, "tests/data.py", KEY)
    (clone.folder / "launchready.toml").write_text(
        '[portal]\nurl = "https://portal.example/"\n[[waiver]]\ncheck = "secrets/history"\n'
        'subject = "Stripe secret key in tests/data.py"\nowner = "Ada Example"\n'
        f'reason = "a made-up key for a test"\nuntil = {until}\n'
    )
    assert guard(clone).return_value == code


def test_what_cannot_be_read_is_neither_clean_nor_a_secret(clone: Clone) -> None:
    clone.commit({"backup.7z": b"7z\xbc\xaf\x27\x1c" + bytes(40)})
    result = guard(clone, "--all")
    assert result.return_value == EXIT_NOT_PROVEN
    assert "backup.7z: not looked at" in result.stderr


def test_outside_of_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(launchready, ["secrets", "guard"], standalone_mode=False)
    assert isinstance(result.exception, UsageError)


def test_it_loads_nothing_that_it_need_not() -> None:
    """Half a second is what a commit may take: the network and the portal file would double it."""
    import subprocess

    code = "import sys, launchready.guard; print([m for m in ('aiohttp', 'pydantic', 'dns', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
