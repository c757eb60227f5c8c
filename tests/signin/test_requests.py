"""What the row `auth` costs: few requests, though it looks at much; the drills apart, which set passwords and guess."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from launchready.checks import all_checks
from launchready.engine import Facts, gather
from launchready.evidence import Missing
from launchready.evidence.password_reset import PasswordReset
from launchready.evidence.second_factor import CodeDrills
from launchready.site import read_site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready_testbed import Bed

DRILLS = ("auth/brute-force", "auth/enumeration", "auth/password-reset")
MOST = 600


@pytest.mark.parametrize("portal", ["harbour", "quay"])
async def test_the_row_takes_few_requests_with_four_identities(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    file = tmp_path / "launchready.toml"
    file.write_text(bed.portal_file(portal, active=True), encoding="utf-8")
    site = read_site(str(file))
    drilled = Missing(Cause.NOT_COLLECTED, "drills are measured by themselves", "see there")
    facts: Facts = {PasswordReset: drilled, CodeDrills: drilled}
    journal = io.StringIO()
    checks = [check for check in all_checks() if check.row == "auth" and check.id not in DRILLS]
    async with Wire(site, journal=journal, attach=lambda _, suffix: suffix, consent=Touch.PROBE) as wire:
        await gather(wire, site, checks, facts)
    assert not [kind for kind, fact in facts.items() if isinstance(fact, Missing) and fact is not drilled]
    asked = [json.loads(line) for line in journal.getvalue().splitlines()]
    assert len(asked) <= MOST, Counter(line["who"] for line in asked)
