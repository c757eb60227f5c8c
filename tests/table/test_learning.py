"""From what was seen to entries in the portal file: comments and all else stay, twice is the same as once."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from launchready.errors import UsageError
from launchready.evidence.access import Access, Party, Reached, Route
from launchready.evidence.access_policy import DeclaredAccess
from launchready.site import read_site
from launchready.site.access import declared, short, whole
from launchready.site.access_text import HEAD, block, merged
from launchready.site.learned_access import Learned, learned

START = "https://portal.lab.test/"
FILE = """\
# Harbour, as its owner keeps it.
[portal]
url = "https://portal.lab.test/"   # where people start

[[identity]]
name = "nora"  # of harbour
role = "client"
tenant = "harbour"

# Risks that we live with.
[[waiver]]
check = "https/hsts"
subject = "*"
owner = "Ada Example"
reason = "moved next month"
until = 2030-12-31
"""


def entries(access: Access, file: str = FILE) -> tuple[Learned, ...]:
    return learned(access, table(file), START)


def table(file: str) -> DeclaredAccess:
    from launchready.site import Site

    return declared(Site.model_validate(tomllib.loads(file)).access, START)


def test_what_is_written_allows_what_was_seen_and_no_crossing(access: Access) -> None:
    by_route = {entry.route: entry for entry in entries(access)}
    assert by_route["GET /"].roles == ("anonymous", "*")
    assert by_route["GET /"].records == "public"
    assert by_route["GET /invoices/{}"].roles == ("admin", "client", "staff")
    assert by_route["GET /invoices/{}"].records == "tenant"
    assert by_route["GET /help/{}"].records == "shared"
    assert by_route["GET /admin/users"].roles == ("admin",)
    assert by_route["GET /api/export"].roles == ("admin", "staff")
    assert by_route["GET /invoices/{}/pdf"].seen[0] == "crossed: ben (client, dock)"
    assert "refused: anonymous" in by_route["GET /invoices"].seen


def test_the_file_says_all_that_it_said_and_can_be_read(access: Access, tmp_path: Path) -> None:
    found = entries(access)
    result = merged(FILE, found, START)
    assert result.text.startswith(FILE)
    assert HEAD in result.text
    path = tmp_path / "launchready.toml"
    path.write_text(result.text, encoding="utf-8")
    site = read_site(str(path))
    assert [(e.route, e.roles, e.records) for e in site.access] == [
        (e.route, e.roles, e.records) for e in found
    ]
    assert not any(entry.confirmed for entry in site.access)
    assert (result.new, result.refreshed, result.confirmed) == (len(found), 0, 0)


def test_twice_is_the_same_as_once(access: Access) -> None:
    once = merged(FILE, entries(access), START).text
    assert merged(once, entries(access, once), START).text == once


def test_confirmed_entries_and_comments_stay_and_others_are_brought_up_to_date(access: Access) -> None:
    file = FILE.replace(
        "# Risks",
        """\
[[access]]
# Asked the lawyer about this.
route = "GET /help/{}"
roles = [
  "client",  # and nobody else
]
records = "shared"
confirmed = true
by = "Ada Example"
when = 2026-11-01

  [[access]]
# seen refused: nora
# our own remark
route = "GET /invoices/{}"
roles = ["client"]  # staff to be decided
records = "user"
# between

# Risks""",
    )
    result = merged(file, entries(access, file), START)
    assert (result.refreshed, result.confirmed) == (1, 1)
    kept, invoices, *new = tomllib.loads(result.text)["access"]
    assert kept["roles"] == ["client"]
    assert invoices == {
        "route": "GET /invoices/{}",
        "roles": ["admin", "client", "staff"],
        "records": "tenant",
    }
    assert "GET /help/{}" not in [entry["route"] for entry in new]
    for remark in (
        '  "client",  # and nobody else\n',
        "# Asked the lawyer",
        "# our own remark\n",
        'roles = ["admin", "client", "staff"]  # staff to be decided\n',
        "# between\n",
        "# Risks that we live with.\n[[waiver]]",
    ):
        assert result.text.count(remark) == 1, remark
    assert "# seen refused: nora" not in result.text
    assert HEAD not in result.text
    again = merged(result.text, entries(access, result.text), START)
    assert again.text == result.text


def test_a_role_named_with_a_number_sign_or_quotes_is_written_so_that_it_reads_back() -> None:
    odd = 'te"am #1]\n'
    access = Access(
        (Party("o", odd, "t"),),
        (Route("GET https://portal.lab.test/x", "page"),),
        (Reached("GET https://portal.lab.test/x", "o", "own", 200),),
    )
    first = merged(FILE, entries(access), START).text
    (entry,) = tomllib.loads(first)["access"]
    assert entry["roles"] == [odd]
    changed = first.replace('records = "tenant"', 'records = "user" # why')
    assert 'records = "tenant" # why' in merged(changed, entries(access), START).text


def test_a_confirmed_pattern_covers_what_it_names(access: Access) -> None:
    file = FILE + '\n[[access]]\nroute = "* /invoices*"\nroles = ["client"]\nconfirmed = true\n'
    routes = [entry.route for entry in entries(access, file)]
    assert not [route for route in routes if "/invoices" in route]
    assert "GET /help/{}" in routes


def test_a_list_of_tables_is_refused_and_nothing_is_lost(access: Access) -> None:
    file = 'access = [{ route = "GET /", roles = [] }]\n' + FILE
    with pytest.raises(UsageError, match=r"\[\[access\]\]"):
        merged(file, entries(access, file), START)


def test_what_nobody_reached_and_what_has_no_proper_name_is_left_out(
    from_outcomes: Callable[[dict[str, tuple[str, str]]], Access],
) -> None:
    access = from_outcomes(
        {
            "GET https://portal.lab.test/closed": ("page", "refused refused unasked refused cut"),
            "odd": ("page", "own own own own own"),
            "GET https://other.lab.test/x": ("page", "refused own own own own"),
        }
    )
    assert [entry.route for entry in entries(access)] == ["GET https://other.lab.test/x"]


def test_routes_are_paths_only_at_the_portals_own_host() -> None:
    for name, written in (
        ("GET https://portal.lab.test/a?b={}", "GET /a?b={}"),
        ("GET https://portal.lab.test:8443/a", "GET https://portal.lab.test:8443/a"),
        ("GET https://portal.lab.test.evil/a", "GET https://portal.lab.test.evil/a"),
    ):
        assert short(name, START) == written
        assert whole(written, START) == name


def test_an_entry_tells_who_was_seen() -> None:
    text = block(
        Learned("GET /x", ("client",), "tenant", ("own: nora (client, harbour)", "refused: anonymous"))
    )
    assert text.splitlines()[:3] == [
        "[[access]]",
        "# seen own: nora (client, harbour)",
        "# seen refused: anonymous",
    ]
