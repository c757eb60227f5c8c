"""What is asked of a whole portal to make it go wrong, and that nothing of it could change anything."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import matrix
from launchready.collect.errors.provoking import NOWHERE, of_host, of_interface, of_login, of_template
from launchready.evidence.error_pages import ErrorPages
from launchready.evidence.store import RunFolder
from launchready_testbed import Bed

CHECKS = ("deploy/error-pages", "secrets/error-pages")


class Run:
    """One audit of the sound harbour."""

    def __init__(self, bed: Bed, folder: Path, *, active: bool) -> None:
        bed.switch(())
        report = matrix.audit_bed(bed, folder, identities=True, checks=CHECKS, active=active)
        self.verdicts = {check: said for check, said in matrix.verdicts(report).items() if check in CHECKS}
        run = RunFolder(max((folder / "runs").iterdir()))
        self.journal = [
            json.loads(line) for line in (run.path / "journal.jsonl").read_text("utf-8").splitlines()
        ]
        facts = run.load([ErrorPages])
        self.pages = facts[ErrorPages]
        assert isinstance(self.pages, ErrorPages)


@pytest.fixture(scope="module")
def active(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(bed, tmp_path_factory.mktemp("active"), active=True)


def test_a_sound_portal_passes_and_says_what_was_provoked(active: Run) -> None:
    assert set(active.verdicts.values()) == {"pass"}
    ways = {answer.way for answer in active.pages.answers}
    assert {
        "unknown path",
        "unknown item",
        "wrong type of id",
        "oversize id",
        "NUL in an id",
        "broken JSON",
    } <= ways
    assert {
        "unknown method",
        "oversize path",
        "broken cookie",
        "wrong type of parameter",
        "oversize field",
    } <= ways
    assert {answer.who for answer in active.pages.answers} >= {"anonymous", "ada", "nora"}


def test_records_are_only_read_and_forms_only_sent_what_cannot_be_understood(active: Run) -> None:
    sent = [line for line in active.journal if line["method"] not in ("GET", "HEAD")]
    signing_in = ("/login", "/login/code", "/logout")
    elsewhere = {urlsplit(line["url"]).path for line in sent} - {*signing_in}
    assert {line["method"] for line in sent} <= {"POST", "PROPFIND"}
    assert elsewhere == {"/", f"/{NOWHERE}", "/health"}  # the last answers strangers in JSON


def test_provoking_stays_within_its_bound(active: Run) -> None:
    assert 60 <= len([each for each in active.pages.answers if each.way != "in passing"]) <= 200


def test_without_consent_only_what_is_not_there_is_asked_for(bed: Bed, tmp_path: Path) -> None:
    run = Run(bed, tmp_path, active=False)
    assert set(run.verdicts.values()) == {"unknown(no-consent)"}
    assert {answer.way for answer in run.pages.answers} == {"unknown path", "unknown item"}
    assert {answer.method for answer in run.pages.answers} == {"GET"}


def test_no_provocation_could_be_carried_out() -> None:
    """Bodies end in the middle, or hold neither a name nor a password."""
    origin = "https://portal.example.com"
    made = [
        *of_host(origin, ["session"]),
        *of_login(f"{origin}/login", takes_json=True),
        *of_login(f"{origin}/login", takes_json=False),
        *of_interface(f"{origin}/api", is_graphql=False),
        *of_interface(f"{origin}/graphql", is_graphql=True),
        *of_template(f"{origin}/invoices/7?page=2", f"{origin}/invoices/{{}}?page", thorough=True),
    ]
    assert {each.method for each in made} == {"GET", "POST", "PROPFIND"}
    assert not [each for each in made if b"mutation" in each.body or b"delete" in each.body.lower()]
    assert {each.url for each in made if each.method == "POST" and b"password" in each.body} <= {
        f"{origin}/login"
    }


@pytest.mark.parametrize("name", ["secrets/error-token-each-time", "secrets/error-token-of-session"])
def test_a_token_that_its_reader_alone_is_given_for_a_while_is_no_secret(
    bed: Bed, tmp_path: Path, name: str
) -> None:
    bed.switch((name,))
    report = matrix.audit_bed(bed, tmp_path, identities=True, checks=CHECKS, active=True)
    said = matrix.verdicts(report)
    assert {check: said[check] for check in CHECKS} == dict.fromkeys(CHECKS, "pass")
