"""The self-test as a user runs it: yes, no or not proven, with a page that shows every step and no secret."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from launchready.evidence import Missing
from launchready.evidence.browser import Mixed
from launchready.evidence.letters import Delivery
from launchready.evidence.selftest import BadAnswer, SelfTest, SelfTestStep
from launchready.selftest.judging import answers, overall
from launchready.verdict import Cause, RowVerdict, word
from launchready.wire.programs import chromium
from launchready_testbed import Bed

needs_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium here, and only a browser can tell")
EVERY = ("signing in", "work", "records", "browser errors", "failed requests", "insecure content", "mail")
NOT_YET = {"records", "mail"}


def portal_file(bed: Bed, portal: str = "harbour", *, active: bool = False) -> str:
    text = bed.portal_file(portal=portal, identities=True, active=active)
    return text.replace("[crawl]", "[crawl]\ntimeout = 10.0")


def run(
    folder: Path, text: str, *options: str, who: str = "sam", form: str = "json", **env: str
) -> subprocess.CompletedProcess[str]:
    (folder / "launchready.toml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "launchready", "selftest", "--format", form, "--identity", who, *options]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env={**os.environ, **env},
    )


def told(report: dict[str, Any], answer: str) -> set[str]:
    return {each["topic"] for each in report["questions"] if each["answer"] == answer}


def only_run(folder: Path) -> Path:
    (found,) = (folder / ".launchready/runs").iterdir()
    return found


@needs_browser
@pytest.mark.browser
def test_a_sound_portal_is_in_order_as_far_as_it_can_be_looked_at(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    done = run(tmp_path, portal_file(bed, active=True), "--active")
    report = json.loads(done.stdout)
    assert (done.returncode, report["answer"], done.stderr) == (3, "not proven", "")
    assert tuple(each["topic"] for each in report["questions"]) == EVERY
    assert told(report, "unknown") == {"records"}
    assert told(report, "no") == set()
    steps = [step["says"] for step in report["steps"]]
    assert steps[:2] == ["open the login page", "sign in"]
    assert {"open “Tickets”", "open “Clients”"} <= set(steps)
    folder = only_run(tmp_path)
    page = (folder / "selftest.html").read_text()
    shots = re.findall(r"data:image/png;base64,([A-Za-z0-9+/=]+)", page)
    assert len(shots) == len(steps)
    assert all(base64.b64decode(shot).startswith(b"\x89PNG") for shot in shots)
    assert "<script" not in page
    lines = [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]
    sent = [
        line["url"].rpartition("/")[2] for line in lines if line["method"] not in ("GET", "HEAD", "CONNECT")
    ]
    assert set(sent) == {
        "login",
        "logout",
        "forgot",
        "INBOX",
        *(name for name in sent if name.startswith("dns:")),
    }
    assert sent.count("logout") == sent.count("login"), "whoever was signed in was signed out"
    password = bed.secret_file("sam").read_bytes()
    assert not [path for path in folder.rglob("*") if path.is_file() and password in path.read_bytes()]


@needs_browser
@pytest.mark.slow
@pytest.mark.browser
def test_a_portal_with_a_fault_is_not(bed: Bed, tmp_path: Path) -> None:
    bed.switch(("https/mixed-content",))
    done = run(tmp_path, portal_file(bed))
    bed.switch(())
    report = json.loads(done.stdout)
    assert (done.returncode, report["answer"]) == (1, "no")
    assert told(report, "no") == {"browser errors", "insecure content"}


@needs_browser
@pytest.mark.slow
@pytest.mark.browser
def test_a_front_end_that_only_scripts_make_is_walked_too(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    done = run(tmp_path, portal_file(bed, "quay"), who="rosa")
    report = json.loads(done.stdout)
    assert (done.returncode, told(report, "unknown"), told(report, "no")) == (3, NOT_YET, set())
    steps = {step["says"] for step in report["steps"]}
    assert {"open “Shipments”", "open “Files”"} <= steps
    assert not any("sign out" in says.lower() for says in steps)


FLOW = """
[[flow]]
name = "find-a-ticket"
identity = "sam"
steps = [{{ open = "/tickets" }}, {{ fill = "q", value = "ship" }}, {{ press = "Enter" }}, {{ expect = "{}" }}]
"""


@needs_browser
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("sight", "code"), [("Tickets", 3), ("No such words anywhere", 1)])
def test_declared_flows_are_walked_instead(bed: Bed, tmp_path: Path, sight: str, code: int) -> None:
    bed.switch(())
    done = run(tmp_path, portal_file(bed) + FLOW.format(sight))
    report = json.loads(done.stdout)
    assert done.returncode == code
    assert ("work" in told(report, "no")) is (code == 1)
    assert {step["part"] for step in report["steps"]} == {"sign-in", "find-a-ticket"}


@needs_browser
@pytest.mark.browser
def test_a_wrong_password_is_no_fault_of_the_portal(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    (tmp_path / "wrong").write_text("this is not it")
    text = re.sub(r'password = "file:[^"]*sam[^"]*"', 'password = "file:wrong"', portal_file(bed))
    assert "file:wrong" in text
    done = run(tmp_path, text, form="terminal")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "NOT PROVEN" in done.stdout
    assert "could not sign in as sam" in done.stdout


def test_without_a_browser_nothing_is_proven(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    done = run(tmp_path, portal_file(bed), LAUNCHREADY_CHROMIUM="/nowhere/chromium")
    report = json.loads(done.stdout)
    assert (done.returncode, report["answer"]) == (3, "not proven")
    assert told(report, "unknown") == set(EVERY)
    assert "/nowhere/chromium" in done.stdout


@pytest.mark.parametrize(("who", "said"), [("samm", "did you mean 'sam'"), ("", "--identity")])
def test_who_is_meant_is_asked_in_one_sentence(bed: Bed, tmp_path: Path, who: str, said: str) -> None:
    done = run(tmp_path, portal_file(bed), who=who)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


def test_no_portal_file_is_said(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "launchready", "selftest"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "launchready init" in done.stderr


def step(says: str = "open “Tickets”", part: str = "navigation", **more: Any) -> SelfTestStep:
    return SelfTestStep(says, part, url="https://portal.example/tickets", status=200, **more)


def judged(*steps: SelfTestStep, **more: Any) -> dict[str, RowVerdict]:
    first = step("sign in", "sign-in")
    test = SelfTest("ada", "staff", "Chromium", "browser form", (first, *steps), **more)
    return {each.topic: word(each.verdict) for each in answers(test)}


@pytest.mark.parametrize(
    ("complaint", "failing"),
    [
        (step(), set()),
        (step(console=("TypeError",)), {"browser errors"}),
        (step(errors=("TypeError",)), {"browser errors"}),
        (step(bad=(BadAnswer("GET", "https://portal.example/api", 500),)), {"failed requests"}),
        (step("open", "sign-in", bad=(BadAnswer("GET", "https://portal.example/me", 401),)), set()),
        (step(mixed=(Mixed("script", "http://x.example/", "blocked"),)), {"insecure content"}),
        (step(security="insecure"), {"insecure content"}),
        (step(done=False, why="the browser had no answer within 20 s"), {"work"}),
        (step(done=False, why="it broke (net::ERR_CERT_DATE_INVALID)"), {"work", "insecure content"}),
    ],
)
def test_each_complaint_answers_its_question(complaint: SelfTestStep, failing: set[str]) -> None:
    found = judged(complaint)
    if complaint.part == "sign-in":
        found.pop("work")
    assert {topic for topic, verdict in found.items() if verdict == RowVerdict.FAIL} == failing


def test_what_the_scope_kept_away_is_not_held_against_the_page() -> None:
    found = judged(step(errors=("Stripe is not defined",), withheld=("js.stripe.example",)))
    assert found["browser errors"] == RowVerdict.UNKNOWN


def test_being_thrown_out_on_the_way_is_a_no() -> None:
    assert judged(step(), lost=True)["signing in"] == RowVerdict.FAIL
    unclear = Missing(Cause.AMBIGUOUS, "the portal was busy", "run it again")
    assert judged(step(), lost_unknown=unclear)["signing in"] == RowVerdict.UNKNOWN


def test_mail_that_was_asked_for_has_to_come() -> None:
    reset = Delivery("password-reset", "ada", "gmail", "ada", waited=4.0)
    refused = Missing(Cause.NO_CONSENT, "the portal was not made to send mail", "run it with --active")
    assert judged(step(), mail=reset)["mail"] == RowVerdict.FAIL
    assert judged(step(), mail=replace(reset, why=refused))["mail"] == RowVerdict.UNKNOWN
    assert judged(step(), mail=refused)["mail"] == RowVerdict.UNKNOWN


def test_nothing_seen_is_never_yes() -> None:
    nothing = SelfTest("ada", "", Missing(Cause.NOT_COLLECTED, "no browser", "install one"))
    assert overall(answers(nothing)) == "not proven"
    assert {word(each.verdict) for each in answers(nothing)} == {RowVerdict.UNKNOWN}
