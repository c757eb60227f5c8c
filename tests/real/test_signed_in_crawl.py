"""Signed in as five people of a real help desk: much is seen, and not one row of its database changes."""

import asyncio
import io
import json
import sqlite3
from pathlib import Path

import pytest

from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.evidence.http import Crawl
from launchready.site import Site, read_site
from launchready.wire import Touch, Wire

from .deployment import USERS, Deployment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def rows(folder: Path) -> list[str]:
    """All that the database holds, but for sessions."""
    (file,) = folder.rglob("db.sqlite3")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        return [line for line in database.iterdump() if "django_session" not in line]


def test_much_is_seen_and_nothing_changes(deployment: Deployment, tmp_path: Path) -> None:
    deployment.switch("sound")
    text = deployment.portal_file()
    portal = tmp_path / "launchready.toml"
    portal.write_text(text if "[[identity]]" in text else text + deployment.identities())
    site = read_site(str(portal))
    journal = io.StringIO()

    async def walk(site: Site) -> tuple[Crawl, list[str], list[str]]:
        async with Wire(site, journal=journal, attach=lambda *_: "", consent=Touch.SIGN_IN) as wire:
            people = People(wire, site)
            sessions = await people.everybody()
            assert {start.identity for start in sessions.signed_in} == set(USERS)
            before = rows(deployment.state)
            return await crawl(wire, site, people, sessions), before, rows(deployment.state)

    found, before, after = asyncio.run(walk(site))
    assert before == after
    asked = [json.loads(line) for line in journal.getvalue().splitlines()]
    assert {line["method"] for line in asked if line["who"] == "anonymous"} == {"GET"}
    shapes = {who: {page.shape for page in found.seen_by(who)} for who in USERS}
    assert len(shapes["root-admin"]) > len(shapes["harbour-agent"]) > len(shapes["customer"])
    assert not found.signs_out
    assert not found.unvisited
