"""What may be meant so: colleagues who open each other's records, and lists that no page leads to."""

from typing import Any

import pytest

from launchready.checks.authz.function import CHECK as FUNCTION
from launchready.checks.authz.object import CHECK as OBJECT
from launchready.evidence.access import Access, Writes
from launchready.evidence.access_policy import DeclaredAccess, Rule
from launchready.verdict import Cause, Fail, Unknown

from .conftest import TENANTS, Looks, Portal, Reply, data, page, told

MEMO = "/memos/{}"
PEOPLE = ("nora", "nina", "sol", "sam")
SAYS = {
    70: ("nora", "Ask the board about a coach"),
    71: ("nina", "Interview at another club"),
    72: ("nora", "Buy a gift"),
}


def with_memos(*, listed_for_all: bool = False, opened_by_all: bool = True) -> Portal:
    """Two colleagues who write memos."""
    portal = Portal()

    def home(who: str, _path: str, _query: Any) -> Reply | None:
        mine = [
            n
            for n, (writer, _) in SAYS.items()
            if who == writer or (listed_for_all and TENANTS[who] == "northwind")
        ]
        links = "".join(f'<a href="/memos/{n}">Memo {n}</a>' for n in mine) if who else ""
        return page(who, f"Welcome, {who}@{TENANTS[who] or 'house'}.test {links}") if who else None

    def memos(who: str, path: str, _query: Any) -> Reply | None:
        writer, says = SAYS.get(int(path[7:]) if path[7:].isdigit() else 0, ("", ""))
        opens = writer and (who == writer or (opened_by_all and who and TENANTS[who] == TENANTS[writer]))
        return (
            page(who, f"<h1>Memo</h1><p>{says}</p><p>Written by {writer} M{path[7:]}x</p>") if opens else None
        )

    portal.routes |= {"home": home, "memos": memos}
    return portal


def pairs(found: Access) -> set[tuple[str, str, str]]:
    return {("/" + each.route.split("/", 3)[-1], each.owner, each.asker) for each in found.unsettled}


async def test_colleagues_who_are_shown_their_own_and_open_all(looks: Looks) -> None:
    found = await looks.at(with_memos(), names=PEOPLE)
    assert told(found) == set()
    assert pairs(found) == {(MEMO, "nora", "nina"), (MEMO, "nina", "nora")}
    assert "unclear" not in {each.outcome for each in found.reached if each.route.endswith(MEMO)}

    def judged(*rules: Rule) -> Any:
        return OBJECT.judge(found, Writes(parties=found.parties), DeclaredAccess(rules))

    route = found.unsettled[0].route
    open_to_question = judged()
    assert isinstance(open_to_question, Unknown)
    assert [(each.subject, each.cause) for each in open_to_question.doubts] == [(route, Cause.AMBIGUOUS)]
    assert isinstance(judged(Rule(route, ("client",), "user", confirmed=True)), Fail)
    assert not isinstance(judged(Rule(route, ("client",), "tenant", confirmed=True)), Fail)
    assert not isinstance(judged(Rule(route, ("client",), "user")), Fail)


@pytest.mark.parametrize(
    "shown", [{"listed_for_all": True}, {"opened_by_all": False}], ids=["listed", "refused"]
)
async def test_colleagues_who_share_all_or_are_refused(looks: Looks, shown: dict[str, bool]) -> None:
    found = await looks.at(with_memos(**shown), names=PEOPLE)
    assert told(found) == set()
    assert found.unsettled == ()


@pytest.mark.parametrize("answers_clients", [True, False])
async def test_a_list_that_a_document_alone_names(looks: Looks, *, answers_clients: bool) -> None:
    portal = Portal()
    document = {
        "openapi": "3.1.0", "info": {"title": "Portal", "version": "1"},
        "paths": {"/journal": {"get": {"responses": {"200": {"description": "Who did what"}}}}},
    }  # fmt: skip

    def journal(who: str, _path: str, _query: Any) -> Reply | None:
        rows = [
            {"who": f"{name}@{TENANTS[name]}.test", "did": f"signed in from {name} house"}
            for name in ("nora", "sol")
        ]
        return data(rows) if who == "sam" or (who and answers_clients) else None

    portal.routes |= {"journal": journal, "openapi.json": lambda *_: data(document)}
    found = await looks.at(portal)
    assert told(found) == set()
    expected = {("/journal", "sam", "nora"), ("/journal", "sam", "sol")} if answers_clients else set()
    assert pairs(found) == expected
    judged = FUNCTION.judge(found, Writes(parties=found.parties), DeclaredAccess())
    doubts = judged.doubts if isinstance(judged, Unknown) else ()
    assert bool([each for each in doubts if each.subject.endswith("/journal")]) is answers_clients
