"""What the owner confirmed is no crossing, and what goes beyond it is drift."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from launchready.collect.declared_access import declared_access
from launchready.errors import PortalFileError
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Access, Crossing, Party, WriteTrial
from launchready.evidence.access_policy import DeclaredAccess, Policy, Rule
from launchready.evidence.http import Exchange
from launchready.site import read_site
from launchready.verdict import Cause

HOST = "https://portal.lab.test"
ROUTE = f"GET {HOST}/invoices/{{}}"
PARTIES = (
    Party(ANONYMOUS),
    Party("nora", "client", "harbour"),
    Party("noel", "client", "harbour"),
    Party("ben", "client", "dock"),
    Party("sam", "staff"),
    Party("lone"),
)
Outcomes = Callable[[dict[str, tuple[str, str]]], Access]


def policy(*rules: Rule) -> Policy:
    return Policy(PARTIES, DeclaredAccess(rules))


def confirmed(route: str, *roles: str, records: str = "tenant") -> Rule:
    return Rule(route, roles, records, confirmed=True)


def crossing(kind: str = "object", asker: str = "ben", owner: str = "nora") -> Crossing:
    answer = Exchange(
        "GET", f"{HOST}/invoices/17", 200, (), 10, truncated=False, digest="", address="127.0.0.1"
    )
    return Crossing(
        kind,
        ROUTE,
        "asked",
        owner,
        asker,
        certain=True,
        why="",
        markers=1,
        seen=1,
        answer=answer,
        owners=answer,
    )


@pytest.mark.parametrize(
    ("rule", "crossed", "allowed"),
    [
        pytest.param(confirmed(ROUTE, "client", records="shared"), crossing(), True, id="shared"),
        pytest.param(confirmed(ROUTE, records="public"), crossing(asker=ANONYMOUS), True, id="public"),
        pytest.param(confirmed(ROUTE, "client"), crossing(), False, id="each tenant its own"),
        pytest.param(confirmed(ROUTE, "client"), crossing(asker="noel"), True, id="same tenant"),
        pytest.param(
            confirmed(ROUTE, "client", records="user"), crossing(asker="noel"), False, id="each user its own"
        ),
        pytest.param(
            confirmed(ROUTE, "staff", records="shared"),
            crossing(),
            False,
            id="shared, but not with this role",
        ),
        pytest.param(
            confirmed(ROUTE, "ben", records="shared"), crossing(), True, id="an identity by its name"
        ),
        pytest.param(
            confirmed(ROUTE, "lone", "*", records="shared"), crossing(asker="lone"), True, id="no role"
        ),
        pytest.param(
            confirmed(ROUTE, "*", records="shared"), crossing(asker=ANONYMOUS), False, id="* is signed in"
        ),
        pytest.param(
            confirmed(ROUTE, "*"), crossing("function", "sam"), True, id="function that everybody has"
        ),
        pytest.param(confirmed(ROUTE, "client"), crossing("function", "sam"), False, id="function of others"),
        pytest.param(
            confirmed(ROUTE, "anonymous"), crossing("anonymous", ANONYMOUS), True, id="meant for strangers"
        ),
        pytest.param(
            confirmed(f"GET {HOST}/inv*", "client", records="shared"), crossing(), True, id="pattern"
        ),
        pytest.param(
            confirmed(f"POST {HOST}/invoices/{{}}", "*", records="shared"),
            crossing(),
            False,
            id="another method",
        ),
        pytest.param(confirmed("*"), crossing(), False, id="the rest is said of nothing"),
        pytest.param(Rule(ROUTE, ("client",), "shared"), crossing(), False, id="not confirmed"),
    ],
)
def test_what_is_allowed_is_no_crossing(rule: Rule, crossed: Crossing, allowed: bool) -> None:  # noqa: FBT001
    assert policy(rule).allows(crossed) is allowed


def test_the_exact_entry_decides_then_the_longest_pattern() -> None:
    rules = (
        confirmed(f"GET {HOST}/*", "staff"),
        confirmed(f"GET {HOST}/inv*", "client"),
        confirmed(ROUTE, "lone"),
    )
    for order in (rules, rules[::-1]):
        asked = policy(*order)
        assert asked.says(ROUTE, "lone")
        assert asked.says(f"GET {HOST}/invoices", "ben")
        assert asked.says(f"GET {HOST}/other", "ben") is False
    assert policy().says(ROUTE, "ben") is None
    assert Policy(PARTIES, Missing(Cause.NOT_COLLECTED, "x", "y")).says(ROUTE, "ben") is None


def test_trials_of_writes_are_allowed_alike_but_never_fields() -> None:
    shared = policy(confirmed(f"POST {HOST}/t/{{}}", "client", records="shared"))
    missing = Missing(Cause.UNREACHABLE, "x", "y")
    for kind, allowed in (("object", True), ("frontend-only", True), ("property", False)):
        trial = WriteTrial(kind, f"POST {HOST}/t/{{}}", "changed", "nora", "ben", missing, changed=True)
        assert shared.allows(trial) is allowed


def subjects(access: Access, kind: str, *rules: Rule) -> tuple[list[str], list[str]]:
    drift = Policy(access.parties, DeclaredAccess(rules)).drift(access, kind)
    return [f.subject for f in drift.findings], [d.subject for d in drift.doubts]


def test_whoever_reaches_more_than_was_confirmed_is_drift(from_outcomes: Outcomes) -> None:
    #                              anonymous ben nora sam ada
    access = from_outcomes({ROUTE: ("page", "shared cut own own own")})
    rule = confirmed(ROUTE, "client", "admin")
    assert subjects(access, "function", rule) == ([ROUTE], [])
    (finding,) = Policy(access.parties, DeclaredAccess((rule,))).drift(access, "function").findings
    assert "sam (staff)" in finding.detail
    assert "client and admin" in finding.detail
    assert subjects(access, "anonymous", rule) == ([ROUTE], [])
    assert subjects(access, "function", confirmed(ROUTE, "staff", "admin")) == ([ROUTE], [ROUTE])
    assert subjects(access, "function", confirmed(ROUTE, "*")) == ([], [])
    assert subjects(access, "function") == ([], [])


def test_what_everybody_is_shown_is_told_once(from_outcomes: Outcomes) -> None:
    access = from_outcomes({ROUTE: ("page", "public public public public public")})
    assert subjects(access, "function", confirmed(ROUTE, "admin")) == ([], [])
    assert subjects(access, "anonymous", confirmed(ROUTE, "admin")) == ([ROUTE], [])


def test_a_crossing_is_not_told_twice(access: Access) -> None:
    route = f"GET {HOST}/admin/users"
    assert subjects(access, "function", confirmed(route, "admin")) == ([], [])


def test_new_routes_are_doubts_only_where_the_rest_is_closed(from_outcomes: Outcomes) -> None:
    access = from_outcomes(
        {
            ROUTE: ("page", "refused own own own own"),
            f"GET {HOST}/new": ("page", "public public own refused own"),
        }
    )
    known = confirmed(ROUTE, "*")
    assert subjects(access, "function", known) == ([], [])
    assert subjects(access, "function", known, confirmed("*")) == ([], [f"GET {HOST}/new"])
    assert subjects(access, "anonymous", known, confirmed("*")) == ([], [f"GET {HOST}/new"])


def test_records_said_to_be_each_tenants_own_and_shown_to_several_are_doubted(
    from_outcomes: Outcomes,
) -> None:
    access = from_outcomes({ROUTE: ("page", "refused shared shared shared shared")})
    assert subjects(access, "object", confirmed(ROUTE, "*")) == ([], [ROUTE])
    assert subjects(access, "object", confirmed(ROUTE, "*", records="shared")) == ([], [])
    alone = from_outcomes({ROUTE: ("page", "refused own shared shared shared")})
    assert subjects(alone, "object", confirmed(ROUTE, "*")) == ([], [])


PORTAL = '[portal]\nurl = "https://portal.lab.test/start"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "launchready.toml"
    path.write_text(PORTAL + text, encoding="utf-8")
    return path


def test_the_portal_file_becomes_the_fact(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[[access]]\nroute = "GET /a/{}"\nroles = ["client"]\nconfirmed = true\nby = "Ada"\nwhen = 2026-11-01\n'
        '[[access]]\nroute = "* https://api.lab.test/*"\nroles = []\n[[access]]\nroute = "*"\nroles = []\n',
    )
    assert asyncio.run(declared_access(read_site(str(path)))).rules == (
        Rule(f"GET {HOST}/a/{{}}", ("client",), "tenant", confirmed=True, by="Ada", when="2026-11-01"),
        Rule("* https://api.lab.test/*", ()),
        Rule("*", ()),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('route = "/a"\nroles = []', ":4: [[access]] `route` must be a method and a path"),
        ('route = "GET /a"\nroles = ["x"]\nrecords = "mine"', ":6: [[access]] `records` must be one of"),
        ('route = "*"\nroles = ["x"]', ":5: [[access]] `roles` must be [] where the route is *"),
        ('route = "GET /a"', ":3: [[access]] needs `roles`"),
        (
            f'route = "GET /a"\nroles = []\n[[access]]\nroute = "GET {HOST}/a"\nroles = []',
            ":7: [[access]] `route` has an entry already",
        ),
    ],
    ids=["no method", "records", "catch-all", "no roles", "twice"],
)
def test_what_is_wrong_with_an_entry_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, f"[[access]]\n{text}\n")
    with pytest.raises(PortalFileError) as told:
        read_site(str(path))
    assert f"{path}{says}" in str(told.value)
