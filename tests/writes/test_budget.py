"""What the row asks for, told from the journal and from the trials: so much for each template, and for each try."""

import asyncio
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from launchready.collect.access import access
from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.collect.reach.writing.operations import route
from launchready.collect.writes import writes
from launchready.evidence.access import Writes
from launchready.site import Site, read_site
from launchready.wire import Touch, Wire
from launchready_testbed import Bed

PER_PAIR = 15
"""Requests for one template and one pair of identities: whose records they are, and who asks for them."""
PARTIES = 5
"""Four identities, and nobody."""


async def whole_row(site: Site, journal: io.StringIO) -> Writes:
    """All that the row collects, without a browser."""
    wire = Wire(site, journal=journal, attach=lambda _d, s: f"none{s}", consent=Touch.PROBE, browser=False)
    try:
        people = People(wire, site)
        sessions = await people.everybody()
        walked = await crawl(wire, site, people, sessions)
        await access(wire, site, people, walked, sessions)
        return await writes(wire, site, people, walked, sessions)
    finally:
        await wire.close()


@pytest.mark.parametrize("portal", [pytest.param("harbour", marks=pytest.mark.slow), "quay"])
def test_no_template_costs_more_than_its_pairs(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    file = tmp_path / "launchready.toml"
    file.write_text(bed.portal_file(portal, active=True))
    journal = io.StringIO()
    found = asyncio.run(whole_row(read_site(str(file)), journal))
    lines = [json.loads(line) for line in journal.getvalue().splitlines()]
    asked = Counter(
        (f"{line['method']} {route(line['url'])}", line["who"])
        for line in lines
        if line["method"] != "CONNECT"
    )
    # Each who asks takes part in a pair with every other one, as the one whose records they are and as the one who asks.
    assert {each: count for each, count in asked.items() if count > PER_PAIR * 2 * (PARTIES - 1)} == {}
    by_template: Counter[str] = Counter()
    for (template, _), count in asked.items():
        by_template[template] += count
    pairs = PARTIES * (PARTIES - 1)
    assert {each: count for each, count in by_template.items() if count > PER_PAIR * pairs} == {}
    tries: Counter[str] = Counter()
    of_pairs: dict[str, set[tuple[str, str]]] = {}
    for trial in found.trials:
        tries[trial.operation] += trial.requests
        # Whoever may, makes each write first: that is a pair too.
        of_pairs.setdefault(trial.operation, {("", "")}).add((trial.owner, trial.asker))
    assert tries
    assert all(trial.requests for trial in found.trials)
    assert {each: n for each, n in tries.items() if n > PER_PAIR * len(of_pairs[each])} == {}
