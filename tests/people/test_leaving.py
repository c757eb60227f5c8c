"""What a run has signed in it signs out at its end, by what the portal itself calls signing out."""

from typing import Any

import pytest

from launchready.collect.people.ways_out import leave

from .conftest import Asked, Portal, Reply, go

FORM = '<form method="post" action="/logout"><button>Sign out</button></form>'
EVERYWHERE = '<form method="post" action="/logout/all"><button>Sign out of all devices</button></form>'
LINK = '<a href="/logout">Sign out</a>'


def leaving(stage: Any, desk: str, method: str = "POST") -> Portal:
    """A portal whose desk shows a control, and which ends the session that uses it."""
    portal: Portal = stage.portal

    def shown(asked: Asked) -> Reply:
        who = portal.who(asked)
        return Reply(f"<h1>Desk</h1><p>{who}</p>{desk}") if who else go("/login")

    def out(asked: Asked) -> Reply:
        portal.sessions.pop(asked.cookies.get("sid", ""), None)
        return go("/login", "sid=; Max-Age=0; Path=/")

    portal.answers = {"GET /desk": shown, f"{method} /logout": out}
    return portal


@pytest.mark.parametrize(("desk", "method"), [(FORM, "POST"), (LINK, "GET")], ids=["form", "link"])
async def test_every_session_that_we_signed_in_is_signed_out(stage: Any, desk: str, method: str) -> None:
    portal = leaving(stage, desk, method)
    async with stage.people() as people:
        await people.shared("nora")
        further = await people.fresh("nora")
        copy = further.visitor.copy()
        people.also(further, copy)
        assert len(portal.sessions) == 2
        await leave(people)
    assert portal.sessions == {}


async def test_a_page_that_asks_whether_one_really_wants_to_is_answered(stage: Any) -> None:
    portal = leaving(stage, LINK)
    portal.answers["GET /logout"] = lambda _: Reply(f"<p>Really?</p>{FORM}")
    async with stage.people() as people:
        await people.shared("nora")
        await leave(people)
    assert portal.sessions == {}


async def test_a_session_that_was_pasted_stays(stage: Any) -> None:
    portal = leaving(stage, FORM)
    made = portal.begin("nora@portal.test")
    nora = {
        "name": "nora",
        "username": "nora@portal.test",
        "cookie": stage.secret(f"sid={made}"),
        "proof": "/desk",
    }
    async with stage.people(nora) as people:
        await people.shared("nora")
        await leave(people)
    assert portal.sessions == {made: "nora@portal.test"}
    assert "/logout" not in {each.path for each in portal.asked}


async def test_what_would_end_the_sessions_of_other_devices_is_not_used(stage: Any) -> None:
    portal = leaving(stage, EVERYWHERE)
    async with stage.people() as people:
        await people.shared("nora")
        await leave(people)
    assert len(portal.sessions) == 1
    assert not [each for each in portal.asked if each.path == "/logout/all"]


async def test_a_portal_that_shows_no_way_out_or_breaks_is_left_as_it_is(stage: Any) -> None:
    portal = leaving(stage, FORM)
    portal.answers["POST /logout"] = lambda _: Reply("<p>Broken.</p>", 500)
    async with stage.people() as people:
        await people.shared("nora")
        await leave(people)
    assert len(portal.sessions) == 1
    assert sum(each.path == "/logout" for each in portal.asked) <= 3
