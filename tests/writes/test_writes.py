"""What is written to a small portal, by whom, what is found, and what is left of it afterwards."""

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from launchready.checks.authz.frontend_only import CHECK as FRONTEND_ONLY
from launchready.checks.authz.property import CHECK as PROPERTY
from launchready.evidence.access import Access, Party
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready.wire import Touch

from .conftest import Desk, Writing, look

SAFE = ("GET", "HEAD", "OPTIONS")
QUESTIONS = ("/login", "/graphql")
"""Where something is sent by POST that changes nothing: signing in, and asking what a GraphQL schema offers."""
READ = Access((Party("nora"),))


def wrote_as(lines: list[dict[str, Any]]) -> set[str]:
    """Who sent anything that may write."""
    sent = [each for each in lines if each["method"] not in SAFE]
    return {each["who"] for each in sent if not each["url"].endswith(QUESTIONS)}


async def test_a_sound_portal_is_left_as_it_was(writing: Writing) -> None:
    desk = Desk(noisy=True)
    before = json.dumps(desk.notes, default=str), json.dumps(desk.people), desk.banner
    run = await writing.run(desk)
    assert run.crossings == set()
    assert (json.dumps(desk.notes, default=str), json.dumps(desk.people), desk.banner) == before
    assert run.found.canaries
    assert all(each.removed for each in run.found.canaries)
    assert all(each.well for each in run.found.wellbeing)
    assert {each.party for each in run.found.wellbeing} == {"nora", "sol", "sam", "ada"}
    kinds = {each.kind for each in run.found.trials}
    assert kinds == {"object", "anonymous", "frontend-only", "property"}
    assert isinstance(FRONTEND_ONLY.judge(run.found), Pass)
    assert isinstance(PROPERTY.judge(run.found, READ), Pass)


async def test_records_are_removed_from_the_list_that_offers_it_and_no_setting_is_taken_for_one(
    writing: Writing,
) -> None:
    desk = Desk(shelf=True)
    before = set(desk.notes)
    run = await writing.run(desk)
    assert run.found.canaries
    assert all(each.removed for each in run.found.canaries)
    assert set(desk.notes) == before
    assert desk.rows == 20


async def test_a_form_to_choose_from_that_had_none_of_ours_is_told(writing: Writing) -> None:
    """Only admins are offered it, and nobody could try it on what it chooses from."""
    run = await writing.run(Desk(boxes=True))
    told = [
        (what.partition(" https")[0], why.detail)
        for what, why in run.found.unlooked
        if "/letters/close" in what
    ]
    assert told == [("POST", "it was not tried: no record that was made for this may be chosen in it")]
    assert not [line for line in run.lines if "/letters/close" in line["url"]]
    assert isinstance(FRONTEND_ONLY.judge(run.found), Unknown)


HOLES = {
    "tenant edit": ("object", "notes/{}/edit", "sol"),
    "role close": ("frontend-only", "notes/{}/close", "nora"),
    "edit takes price": ("property", "notes/{}/edit", "nora"),
    "tenant say": ("object", "notes/{}/say", "sol"),
    "tenant delete": ("object", "notes/{}/delete", "sol"),
    "hidden tenant": ("object", "notes/new", "sol"),
    "role settings": ("frontend-only", "settings", "nora"),
    "edit takes tenant": ("property", "notes/{}/edit", "nora"),
    "new takes price": ("property", "notes/new", "nora"),
    "own role": ("property", "me", "nora"),
    "anonymous edit": ("anonymous", "notes/{}/edit", "anonymous"),
    "anonymous new": ("anonymous", "notes/new", "anonymous"),
}
QUICK = 3
"""So many of them are tried in the quick suite."""


@pytest.mark.parametrize(
    ("hole", "crossing"),
    [
        pytest.param(*each, id=each[0].replace(" ", "-"), marks=[] if at < QUICK else [pytest.mark.slow])
        for at, each in enumerate(HOLES.items())
    ],
)
async def test_each_hole_is_found_and_nothing_else(
    writing: Writing, hole: str, crossing: tuple[str, str, str]
) -> None:
    desk = Desk(frozenset({hole}))
    before = json.dumps(desk.notes, default=str), json.dumps(desk.people), desk.banner
    run = await writing.run(desk)
    assert crossing in run.crossings
    assert {(kind, path) for kind, path, _ in run.crossings} == {crossing[:2]}
    assert all(each.undone for each in run.found.trials if each.changed)
    assert all(each.removed for each in run.found.canaries)
    assert (json.dumps(desk.notes, default=str), json.dumps(desk.people), desk.banner) == before
    assert isinstance(FRONTEND_ONLY.judge(run.found), Fail if crossing[0] == "frontend-only" else Pass)
    assert isinstance(PROPERTY.judge(run.found, READ), Fail if crossing[0] == "property" else Pass)


BY_LINKS = {
    "": ("", "", ""),
    "tenant delete": ("object", "notes/{}/delete", "sol"),
    "role close": ("frontend-only", "notes/{}/close", "nora"),
    "anonymous close": ("anonymous", "notes/{}/close", "anonymous"),
}


@pytest.mark.parametrize("hole", BY_LINKS, ids=lambda hole: hole.replace(" ", "-") or "sound")
async def test_what_links_do(writing: Writing, hole: str) -> None:
    desk = Desk(frozenset({hole}), by_links=True)
    before = json.dumps(desk.notes, default=str)
    run = await writing.run(desk)
    assert {BY_LINKS[hole]} - {("", "", "")} == run.crossings
    assert run.found.canaries
    assert all(each.removed for each in run.found.canaries)
    assert json.dumps(desk.notes, default=str) == before


async def test_what_a_question_is_to_one_client_is_not_made_by_another(writing: Writing) -> None:
    """A link that asks first changes nothing; whoever has such links for other records does not show what it does."""
    run = await writing.run(Desk(by_links=True))
    assert run.crossings == set()
    assert [what for what, _ in run.found.unlooked if "/delete" in what] == []


async def test_no_link_is_followed_without_consent(writing: Writing) -> None:
    run = await writing.run(Desk(by_links=True), consent=Touch.SIGN_IN)
    assert not [each for each in run.lines if each["url"].endswith(("/close", "/delete"))]


async def test_an_error_with_status_200_is_no_crossing(writing: Writing) -> None:
    run = await writing.run(Desk(frozenset({"soft"})))
    tried = [
        each
        for each in run.found.trials
        if each.asker == "sol" and each.how == "sent it for a record of nora"
    ]
    assert {each.answer.status for each in tried} == {200}
    assert run.crossings == set()


@pytest.mark.parametrize("consent", [Touch.READ, Touch.SIGN_IN])
async def test_without_consent_nothing_is_written(writing: Writing, consent: Touch) -> None:
    desk = Desk(frozenset({"tenant edit"}))
    wrote: list[str] = []
    desk.on_write = wrote.append
    run = await writing.run(desk, consent=consent)
    assert wrote == []
    assert wrote_as(run.lines) == set()
    assert run.found.trials == ()
    assert run.found.canaries == ()
    if consent is Touch.SIGN_IN:
        assert run.found.operations
        assert {why.cause for what, why in run.found.unlooked if not what} == {Cause.NO_CONSENT}
    assert isinstance(FRONTEND_ONLY.judge(run.found), Unknown)
    assert isinstance(PROPERTY.judge(run.found, READ), Unknown)


async def test_only_test_identities_write(writing: Writing) -> None:
    run = await writing.run(Desk(), tests=("nora", "sam"))
    wrote = wrote_as(run.lines)
    assert "nora" in wrote
    assert wrote <= {"nora", "sam", "anonymous"}


async def test_with_no_test_identity_nobody_writes(writing: Writing) -> None:
    run = await writing.run(Desk(), tests=())
    assert wrote_as(run.lines) == set()
    assert [why.cause for what, why in run.found.unlooked if not what] == [Cause.NOT_COLLECTED]


async def test_what_could_not_be_removed_is_not_made(writing: Writing) -> None:
    desk = Desk(removable=False)
    run = await writing.run(desk)
    assert len(desk.notes) == 4
    assert run.found.canaries == ()
    assert any(what.endswith("/notes/new") for what, _ in run.found.unlooked)


@pytest.mark.slow
async def test_the_owner_may_allow_to_leave_records(writing: Writing) -> None:
    desk = Desk(frozenset({"tenant edit"}), removable=False)
    run = await writing.run(desk, leave_canaries=True)
    assert ("object", "notes/{}/edit", "sol") in run.crossings
    assert run.found.canaries
    assert not [each for each in run.found.canaries if each.removed]
    assert not any(each.undone for each in run.found.trials if each.changed and each.kind == "object")


async def test_nothing_is_ever_written_to_a_record_that_is_not_ours(writing: Writing) -> None:
    desk = Desk(frozenset({"tenant edit", "tenant delete", "tenant say", "role close"}))
    old = {f"/notes/{number}/" for number in desk.notes}
    wrote: list[str] = []
    desk.on_write = wrote.append
    await writing.run(desk)
    assert wrote
    assert not [path for path in wrote if any(path.startswith(each) for each in old)]


async def test_what_was_made_is_removed_when_the_run_is_cancelled(writing: Writing) -> None:
    desk = Desk()
    before = set(desk.notes)
    async with writing.wired(
        desk, ("nora", "sol", "sam", "ada"), ("nora", "sol", "sam", "ada"), Touch.PROBE
    ) as (
        site,
        wire,
        _,
    ):
        task = asyncio.create_task(look(wire, site))

        def cancel(path: str) -> None:
            if path.endswith("/edit"):
                desk.on_write = lambda _path: None
                task.cancel()

        desk.on_write = cancel
        with pytest.raises(asyncio.CancelledError):
            await task
    assert set(desk.notes) == before


async def test_an_identity_that_a_write_harms_stops_the_writes(writing: Writing) -> None:
    desk = Desk()
    wrote: list[str] = []

    def demote(path: str) -> None:
        wrote.append(path)
        desk.people["nora"]["role"] = "ghost"

    desk.on_write = demote
    run = await writing.run(desk)
    assert {each.party for each in run.found.wellbeing if not each.well} == {"nora"}
    assert any(not what and "stopped" in why.detail for what, why in run.found.unlooked)
    assert len(desk.notes) == 4
    assert isinstance(FRONTEND_ONLY.judge(run.found), Unknown)


@pytest.mark.slow
async def test_the_order_of_the_identities_changes_nothing(writing: Writing) -> None:
    holes = frozenset({"tenant edit", "role close", "edit takes price"})
    one = await writing.run(Desk(holes), people=("nora", "sol", "sam", "ada"))
    other = await writing.run(Desk(holes), people=("ada", "sam", "sol", "nora"))
    assert one.crossings == other.crossings
    assert [t.operation.partition("//")[2].partition("/")[2] for t in one.found.trials] == [
        t.operation.partition("//")[2].partition("/")[2] for t in other.found.trials
    ]


async def test_no_secret_stands_in_the_evidence(writing: Writing) -> None:
    desk = Desk(frozenset({"tenant edit"}))
    run = await writing.run(desk)
    said = repr(run.found) + json.dumps(run.lines)
    for sid, session in desk.sessions.items():
        assert sid not in said
        assert session["csrf"] not in said
    assert "secret of" not in said
    assert any("$COOKIE_SOL" in each.curl and "$ID" in each.curl for each in run.found.trials)


@pytest.mark.slow
async def test_the_number_of_records_costs_nothing(writing: Writing) -> None:
    few, many = Desk(), Desk()
    for at in range(300):
        many.add(("northwind", "southgate")[at % 2], f"Older note {at}", "words")
    costs = [(await writing.run(each)).found.requests for each in (few, many)]
    assert abs(costs[0] - costs[1]) <= costs[0] / 10


class Busy(Desk):
    """Its list is not answered to nora any more as soon as sol has made a note."""

    silent = False

    async def new(self, request: Request) -> Response:
        user, answer = self.who(request), await super().new(request)
        if request.method == "POST":
            self.silent = user is not None and user["id"] == "sol"
        return answer

    async def listing(self, request: Request) -> Response:
        user = self.who(request)
        if self.silent and user is not None and user["id"] == "nora":
            return Response(status_code=429)
        return await super().listing(request)


async def test_what_an_owner_was_not_answered_is_not_told(writing: Writing) -> None:
    run = await writing.run(Busy())
    made = [
        each for each in run.found.trials if each.operation.endswith("/notes/new") and each.asker == "sol"
    ]
    assert {each.changed for each in made} == {None}
    assert run.crossings == set()
    assert all(each.removed for each in run.found.canaries)
