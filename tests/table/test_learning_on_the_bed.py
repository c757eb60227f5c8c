"""The table learned from a running portal: what two clients, staff and an administrator are shown, twice the same."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from launchready.cli import EXIT_NOT_PROVEN, launchready
from launchready.site import read_site
from launchready_testbed import Bed

pytestmark = pytest.mark.slow


def test_learning_twice_from_a_sound_portal_writes_the_same_table(bed: Bed, tmp_path: Path) -> None:
    portal_file = tmp_path / "launchready.toml"
    arguments = ["authz", "learn", str(portal_file), "--no-browser", "--runs", str(tmp_path / "runs")]
    before = bed.portal_file(identities=True).replace("[crawl]", "[crawl]\ntimeout = 10.0")
    portal_file.write_text(before, encoding="utf-8")
    first = CliRunner().invoke(launchready, arguments, standalone_mode=False)
    assert first.return_value == EXIT_NOT_PROVEN, first.output
    assert "not seen in full: nora: no browser walked" in first.output
    once = portal_file.read_text(encoding="utf-8")
    second = CliRunner().invoke(launchready, arguments, standalone_mode=False)
    assert second.return_value == EXIT_NOT_PROVEN, second.output
    assert portal_file.read_text(encoding="utf-8") == once
    table = {entry.route: entry for entry in read_site(str(portal_file)).access}
    told = tomllib.loads(once)
    assert {key: value for key, value in told.items() if key != "access"} == tomllib.loads(before)
    assert table["GET /"].records == "public"
    invoice = table["GET /invoices/{}"]
    assert (invoice.records, set(invoice.roles)) == ("tenant", {"admin", "client", "staff"})
    assert set(table["GET /audit"].roles) == {"admin"}
