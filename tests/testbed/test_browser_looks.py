"""Does Chromium, of its own accord, raise the mixed content issues that the looks say?"""

import shutil
from typing import Any

import pytest
from playwright.sync_api import Browser

from launchready_testbed import Bed, faults, lookalikes

ALL = {**faults(), **lookalikes()}
EXPECTED = {
    name: [tuple(line[2:].split(" ")) for line in each.look.split("\n") if line.startswith("% ")]
    for name, each in ALL.items()
}
CHROMIUM = shutil.which("chromium")
QUIET = 0.3  # seconds after loading in which late issues come

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and shutil.which("certutil")), reason="needs Chromium and certutil"),
]


def _issues(bed: Bed, browser: Browser, path: str) -> set[tuple[str, str, str]]:
    found = set()

    def note(event: dict[str, Any]) -> None:
        details = event["issue"]["details"].get("mixedContentIssueDetails")
        if details:
            url = details["insecureURL"].replace(str(bed.http_port), "{http}")
            found.add((path, details["resolutionStatus"], url))

    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.on("Audits.issueAdded", note)
    session.send("Audits.enable")
    page.goto(bed.url.rstrip("/") + path)
    page.wait_for_timeout(QUIET * 1000)
    context.close()
    return found


@pytest.mark.parametrize("name", sorted(name for name, lines in EXPECTED.items() if lines))
def test_the_browser_sees_it_too(bed: Bed, browser: Browser, name: str) -> None:
    bed.switch((name,))
    seen = _issues(bed, browser, EXPECTED[name][0][0])
    assert set(EXPECTED[name]) <= seen
    bed.switch(())
    assert not _issues(bed, browser, EXPECTED[name][0][0])
