"""The mail drill as a user runs it, against the bed's portal and its providers; and the page that comes of it."""

import io
import json
from pathlib import Path

import pytest

from launchready.evidence import Missing
from launchready.evidence.letters import Authentication, Delivery, Letter, MailDrill, Signature
from launchready.mail_table import mail_table
from launchready.report import Setting
from launchready.report.mail import render
from launchready.scorecard import Portal
from launchready.verdict import Cause
from launchready_testbed import Bed

from .test_audit import run

BOXES = ("ada", "nora", "sam", "sol")
KINDS = ("approval", "invite", "notification", "password-reset")
PORTAL = Portal("Harbour", "https://portal.example.com/")
GOOD = Letter(
    "inbox",
    2.04,
    from_name="Harbour",
    date_skew=1.0,
    from_address="portal@harbour-portal.com",
    from_domain="harbour-portal.com",
    signatures=(Signature("harbour-portal.com", "s", "pass", "strict"),),
    theirs=Authentication("mx.example.net", "pass", "pass", "pass"),
    ours=Authentication("ourselves", "pass", "pass", "pass"),
)
JUNK = Letter("junk", 3.0, ours=Authentication("ourselves", "pass", "fail", "fail"))
NEVER = Missing(Cause.NO_CONSENT, "the portal was not made to send mail", "run it with consent")


def drilled(*letters: Letter, why: Missing | None = None) -> MailDrill:
    return MailDrill(("gmail-test",), (Delivery("invite", "gmail-test", "gmail", "ada", letters, why),))


def page(drill: MailDrill, form: str = "terminal") -> str:
    return render(mail_table(drill), PORTAL, form, Setting()).decode()


def test_every_mail_arrives_at_every_mailbox_of_the_bed(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    (tmp_path / "launchready.toml").write_text(bed.portal_file(active=True), encoding="utf-8")
    done = run("drill", "mail", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    table = json.loads(done.stdout)
    assert [(row["kind"], row["mailbox"]) for row in table["rows"]] == [(k, b) for k in KINDS for b in BOXES]
    assert {row["verdict"] for row in table["rows"]} == {table["verdict"]} == {"pass"}
    assert all(row[method] == "pass" for row in table["rows"] for method in ("spf", "dkim", "dmarc"))
    (folder,) = (tmp_path / ".launchready/runs").iterdir()
    journal = (folder / "journal.jsonl").read_text()
    assert journal.count('"EXAMINE"') == len(BOXES)  # one session each, however many mails
    kept = (folder / "evidence.json").read_text() + journal
    assert not any(
        f"/{word}/" in line for line in kept.split('"') for word in ("reset", "invite") if "~" not in line
    )


def test_without_consent_nothing_is_proven(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    (tmp_path / "launchready.toml").write_text(bed.portal_file(identities=True), encoding="utf-8")
    done = run("drill", "mail", cwd=tmp_path)
    assert done.returncode == 3
    assert "active = true" in done.stdout


def test_without_a_portal_file_it_says_so(tmp_path: Path) -> None:
    done = run("drill", "mail", cwd=tmp_path)
    assert done.returncode == 2
    assert "launchready init" in done.stderr


@pytest.mark.parametrize(
    ("drill", "verdict", "shown"),
    [
        (drilled(JUNK), "fail", ("junk", "fail*", "by our own reading", "FAIL", "WHAT IS WRONG")),
        (drilled(why=NEVER), "unknown", ("UNKNOWN", "run it with consent", "COULD NOT BE TOLD")),
        (drilled(), "fail", ("did not come within",)),
        (drilled(GOOD, GOOD), "unknown", ("2.0 s, 2x", "PASS", "PROVIDERS")),
        (MailDrill(gaps=(NEVER,)), "unknown", ("Not proven", "mailbox")),
    ],
    ids=["junk", "never asked", "lost", "twice, and one mailbox compares with nothing", "no mailbox"],
)
def test_the_page_says_what_came_of_each_mail(drill: MailDrill, verdict: str, shown: tuple[str, ...]) -> None:
    assert mail_table(drill).verdict == verdict
    text = " ".join(page(drill).split())
    assert [words for words in shown if words not in text] == []


def test_the_page_is_markdown_and_json_too() -> None:
    assert "| invite | gmail-test | 3.0 s | junk | pass\\* | fail\\* | fail\\* | fail |" in page(
        drilled(JUNK), "markdown"
    )
    assert json.load(io.StringIO(page(drilled(JUNK), "json")))["schema"] == "launchready/mail/1"
