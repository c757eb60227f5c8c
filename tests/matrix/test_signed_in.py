"""Sound portals pass the row https when they are looked at signed in, too, and nothing that is asked so changes them."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from launchready.audit import audit
from launchready.checks import all_checks
from launchready.evidence.browser import BrowserLook
from launchready.evidence.http import Crawl
from launchready.scorecard import Report
from launchready.site import read_site
from launchready.wire.programs import chromium
from launchready_testbed import Bed

HTTPS = tuple(check.id for check in all_checks() if check.row == "https")


def look(bed: Bed, folder: Path, portal: str, *, browser: bool) -> tuple[Report, list[dict[str, Any]], Path]:
    file = folder / "launchready.toml"
    file.write_text(bed.portal_file(portal), encoding="utf-8")
    site = read_site(str(file))
    run, report = asyncio.run(audit(site, runs=folder / "runs", checks=HTTPS, browser=browser))
    journal = (run.path / "journal.jsonl").read_text(encoding="utf-8")
    return report, [json.loads(line) for line in journal.splitlines()], run.path


def verdicts(report: Report) -> dict[str, str]:
    return {result.check: str(result.verdict) for result in report.results if result.check in HTTPS}


@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_a_sound_portal_passes_signed_in(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    report, asked, _ = look(bed, tmp_path, portal, browser=False)
    seen = verdicts(report)
    assert seen.pop("https/mixed-content") == "unknown"  # no browser
    assert set(seen.values()) <= {"pass", "not-applicable"}
    others = [line for line in asked if line["who"] != "anonymous"]
    assert others
    assert not [line for line in others if line["url"].startswith("http:")]


@pytest.mark.slow
@pytest.mark.skipif(chromium() is None, reason="no Chromium here")
@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_a_sound_portal_passes_in_a_browser_that_is_signed_in(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    report, asked, run = look(bed, tmp_path, portal, browser=True)
    assert set(verdicts(report).values()) <= {"pass", "not-applicable"}
    facts = json.loads((run / "evidence.json").read_text(encoding="utf-8"))
    kept = json.dumps(facts)
    assert Crawl.__name__ in kept
    assert BrowserLook.__name__ in kept
    opened = {line["who"] for line in asked if line["method"] == "GET"}
    assert len(opened - {"anonymous", "browser"}) == 4
    for file in bed.secrets.iterdir():
        if not file.name.endswith(".username"):
            assert file.read_text(encoding="utf-8") not in kept
