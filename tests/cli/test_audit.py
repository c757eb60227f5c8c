"""The command as a user runs it: exit codes, the run folder, judging again, and bad input in one clear sentence."""

import contextlib
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from launchready.cli import main
from launchready_testbed import Bed

SCHEMA = Path(__file__).parents[2] / "src/launchready/report/schemas/report.schema.json"


COMMAND = (sys.executable, "-m", "launchready")
Done = subprocess.CompletedProcess[str]


def started(*arguments: str | Path, cwd: Path) -> Done:
    """What the command does in a process of its own, as where a user calls it."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def run(*arguments: str | Path, cwd: Path) -> Done:
    """What the command does, in this process, where it need not be loaded each time."""
    written, told = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["launchready", *map(str, arguments)])
        with contextlib.redirect_stdout(written), contextlib.redirect_stderr(told):
            with pytest.raises(SystemExit) as ended:
                main()
            written.flush()
    return Done(sys.argv, ended.value.code, written.buffer.getvalue().decode(), told.getvalue())


def described(bed: Bed, folder: Path) -> Path:
    """A folder with the portal file of the sound bed."""
    bed.switch(())
    text = bed.portal_file(identities=False).replace("[crawl]", "[crawl]\ntimeout = 3.0")
    (folder / "launchready.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def here(bed: Bed, tmp_path: Path) -> Path:
    return described(bed, tmp_path)


@pytest.fixture(scope="module")
def audited(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """What a user gets who audits the sound portal without a browser, and the run folder."""
    folder = described(bed, tmp_path_factory.mktemp("audited"))
    return started("audit", "--no-browser", "--format", "json", cwd=folder), only_run(folder)


def only_run(folder: Path) -> Path:
    (found,) = (folder / ".launchready/runs").iterdir()
    return found


def one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 4


def test_a_sound_portal_is_not_proven_while_rows_are_to_come(audited: tuple[Done, Path]) -> None:
    done, stored = audited
    assert done.returncode == 3, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    jsonschema.validate(report, json.loads(SCHEMA.read_text()))
    assert report["schema"] == "launchready/report/1"
    assert report["verdict"] == "not-proven"
    assert [row["verdict"] for row in report["rows"]] == ["unknown"] * 10
    seen = {r["check"]: r["verdict"] for r in report["results"]}
    assert {v for c, v in seen.items() if c.startswith("https/") and c != "https/mixed-content"} == {"pass"}
    # Nobody was given to sign in as, so nothing about signing in is told.
    assert {v for c, v in seen.items() if c.startswith("auth/")} == {"unknown"}
    assert all(result["seen"] for result in report["results"] if result["verdict"] == "pass")
    assert {p.name for p in stored.iterdir()} == {
        "attachments", "evidence.json", "journal.jsonl", "report.html", "report.json",
    }  # fmt: skip


def test_a_fault_makes_it_not_ready_and_ids_stay_between_runs(bed: Bed, here: Path) -> None:
    bed.switch(("https/redirects",))
    reports = [
        json.loads(run("audit", "--check", "https/redirects", "--format", "json", cwd=here).stdout)
        for _ in range(2)
    ]
    ids = [{f["id"]: f["subject"] for r in report["results"] for f in r["findings"]} for report in reports]
    assert ids[0] == ids[1]
    assert any("/login" in subject for subject in ids[0].values())
    assert {report["verdict"] for report in reports} == {"not-ready"}


def test_judging_again_gives_the_same_bytes_elsewhere(audited: tuple[Done, Path], tmp_path: Path) -> None:
    _, stored = audited
    shutil.copy(stored / "evidence.json", tmp_path)
    done = subprocess.run(
        [*COMMAND, "judge", tmp_path, "--format", "json"],
        cwd="/", capture_output=True, env={**os.environ, "TZ": "Asia/Tokyo", "LANG": "C"}, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stdout == (stored / "report.json").read_bytes()
    assert (tmp_path / "report.json").read_bytes() == done.stdout


def test_two_runs_can_be_compared(bed: Bed, here: Path) -> None:
    run("audit", "--check", "https/hsts", cwd=here)
    sound = only_run(here)
    bed.switch(("https/hsts",))
    run("audit", "--check", "https/hsts", cwd=here)
    (faulty,) = set(sound.parent.iterdir()) - {sound}
    done = run("judge", "--diff", sound, faulty, cwd=here)
    assert done.returncode == 1
    assert "https/hsts" in done.stdout
    assert run("judge", "--diff", faulty, sound, cwd=here).returncode == 3


@pytest.mark.parametrize("form", ["terminal", "json", "html", "markdown", "junit", "sarif"])
def test_every_form_can_be_written_to_a_file(audited: tuple[Done, Path], tmp_path: Path, form: str) -> None:
    _, stored = audited
    done = run("judge", stored, "--format", form, "--output", f"out.{form}", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert (tmp_path / f"out.{form}").stat().st_size > 500


def test_a_bare_url_on_loopback_works_without_a_file(bed: Bed, tmp_path: Path) -> None:
    url = f"https://localhost:{bed.https_port}/"
    done = run("audit", url, "--no-browser", "--check", "https/certificate", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)["results"][0]["findings"]
    assert "extra_ca" in finding["detail"]


def test_ctrl_c_keeps_what_was_collected(bed: Bed, here: Path) -> None:
    bed.outage("http")
    try:
        # Where the tests run in the background, what they start would be deaf to Ctrl-C.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        command = [*COMMAND, "audit", "--no-browser"]
        process = subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        signal.signal(signal.SIGINT, before)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not list(here.glob(".launchready/runs/*/journal.jsonl")):
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    finally:
        bed.outage(None)
    assert process.returncode == 130, stderr
    assert b"Traceback" not in stderr
    report = json.loads((only_run(here) / "report.json").read_bytes())
    assert report["run"]["interrupted"] is True
    assert run("judge", only_run(here), cwd=here).returncode in (1, 3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("audit", "nowhere.toml"), "nowhere.toml"),
        (("audit", "https://"), "host"),
        (("audit", "ftp://portal.test/"), "http"),
        (("audit",), "launchready init"),
        (("audit", "https://localhost/", "--row", "htps"), "did you mean 'https'"),
        (("audit", "https://localhost/", "--check", "https/hst"), "did you mean 'https/hsts'"),
        (("audit", "https://localhost/", "--row", "performance"), "no checks yet"),
        (("audit", "https://localhost/", "--active"), "authorised_by"),
        (("audit", "https://localhost/", "--format", "pdf"), "pdf"),
        (("judge", "."), "run folder"),
        (("judge",), "run folder"),
        (("explain", "https/tsl"), "https/tls"),
        (("adit",), "audit"),
        (("demo", "--faults", "https/redirect"), "did you mean"),
    ],
)
def test_bad_input_gets_one_clear_sentence(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert words in done.stderr
    assert done.stdout == ""


def test_a_run_folder_that_cannot_be_written(here: Path) -> None:
    (here / "taken").write_text("a file, not a folder")
    done = run("audit", "--no-browser", "--runs", "taken", cwd=here)
    one_sentence(done)
    assert "taken" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(here: Path) -> None:
    done = run("audit", "--no-browser", "--output", "/dev/full", cwd=here)
    assert done.returncode == 2
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_hosts_that_do_not_answer_are_unknown_with_their_cause(tmp_path: Path) -> None:
    for url in (f"https://127.0.0.1:{free_port()}/", "https://no-such-host.invalid/"):
        done = run("audit", url, "--no-browser", "--format", "json", cwd=tmp_path)
        assert done.returncode == 3, done.stderr
        results = json.loads(done.stdout)["results"]
        assert "fail" not in {result["verdict"] for result in results}
        row = (r for r in results if r["row"] == "https" and r["check"] != "https/mixed-content")
        told = {r["cause"] for r in row if r["verdict"] == "unknown"}
        assert told == {"unreachable"}


def test_help_and_version_everywhere(tmp_path: Path) -> None:
    assert started("--version", cwd=tmp_path).stdout.startswith("launchready, version 0.")
    for command in ("audit", "checks", "demo", "doctor", "explain", "init", "judge", "schema"):
        assert run(command, "--help", cwd=tmp_path).returncode == 0


def test_listings_as_json(tmp_path: Path) -> None:
    checks = json.loads(run("checks", "--json", cwd=tmp_path).stdout)
    listed = json.loads(run("demo", "--list-faults", "--format", "json", cwd=tmp_path).stdout)
    ids = {check["check"] for check in checks}
    assert {trip for fault in listed["faults"] for trip in fault["trips"]} == ids
    assert all(set(each["spares"]) <= ids for each in listed["lookalikes"])
