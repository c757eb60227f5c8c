"""Both portals of the test bed as they are: sound, and looked at with few requests."""

import io
import json
from pathlib import Path

import pytest

from launchready.checks.auth import bypass as bypass_check
from launchready.checks.auth import logout as logout_check
from launchready.collect.bypass import bypass
from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.collect.signout import sign_outs
from launchready.site import read_site
from launchready.verdict import Pass
from launchready.wire import Touch, Wire
from launchready_testbed import Bed

MOST = {"bypass": 150, "logout": 20}


@pytest.mark.parametrize("portal", ["harbour", "quay"])
async def test_a_sound_portal_passes_within_the_budget_and_everybody_is_still_signed_in(
    bed: Bed, tmp_path: Path, portal: str
) -> None:
    file = tmp_path / "launchready.toml"
    file.write_text(bed.portal_file(portal, active=True), encoding="utf-8")
    site = read_site(str(file))
    journal = io.StringIO()
    async with Wire(site, journal=journal, attach=lambda _, suffix: suffix, consent=Touch.PROBE) as wire:
        people = People(wire, site)
        sessions = await people.everybody()
        assert len(sessions.signed_in) == 4
        seen = await crawl(wire, site, people, sessions)
        before = len(journal.getvalue().splitlines())
        tried = await bypass(wire, site, people, seen, sessions)
        between = len(journal.getvalue().splitlines())
        out = await sign_outs(wire, site, people, sessions)
        after = len(journal.getvalue().splitlines())
        assert isinstance(bypass_check.judge(tried), Pass), bypass_check.judge(tried)
        assert isinstance(logout_check.judge(out), Pass), logout_check.judge(out)
        assert between - before <= MOST["bypass"]
        assert after - between <= MOST["logout"]
        for start in sessions.signed_in:
            assert await (await people.shared(start.identity)).is_proved()
    lines = [json.loads(line) for line in journal.getvalue().splitlines()][before:between]
    assert not [line for line in lines if line["method"] != "GET" and line["who"] != "anonymous"]
