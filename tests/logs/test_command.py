"""`launchready logs` searches files and a stream, and says by its exit code what came of it."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from launchready.cli.logs import command
from launchready_testbed.secret_shapes import stripe

PASSWORD = "Mountain-" + "41-Lake"


def run(*paths: str | Path) -> int:
    code = command.main([str(path) for path in paths], standalone_mode=False)
    assert isinstance(code, int)
    return code


def test_a_stream_with_a_password_and_a_key_is_told_without_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"2030-01-01T10:00:00Z DEBUG form password={PASSWORD}\n2030-01-01T10:00:01Z DEBUG key {stripe()}\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert run("-") == 1
    said = capsys.readouterr()
    assert (
        "found  standard input: password: stands there, called password; the first is in line 1" in said.out
    )
    assert "Stripe" in said.out
    assert PASSWORD not in said.out + said.err
    assert stripe() not in said.out + said.err


def test_clean_logs_end_with_nothing_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.log").write_text('2030-01-01 INFO {"password": "[FILTERED]"}\n')
    assert run(tmp_path) == 0
    assert capsys.readouterr().out == ""


def test_what_cannot_be_read_is_not_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.log").write_text("2030-01-01 INFO begin\n")
    assert run(tmp_path / "app.log", tmp_path / "none.log") == 3
    assert "no file is called none.log" in capsys.readouterr().err
