"""Nothing is written to records that were there before, whatever lists look like; and what only another state offers."""

import copy
import random
from dataclasses import dataclass, field

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .conftest import Desk, Writing


@dataclass
class Shuffled(Desk):
    """Its list shows a few notes in another order each time, the newest among them, with a button for each."""

    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        super().__post_init__()
        for tenant in ("northwind", "southgate"):
            for at in range(10):
                self.add(tenant, f"Older note {at} of {tenant}", "words")

    async def listing(self, request: Request) -> Response:
        if (user := self.who(request)) is None:
            return RedirectResponse("/login", 302)
        mine = [each for each in self.notes.values() if user["tenant"] in ("", each["tenant"])]
        shown = [*self.chance.sample(mine[:-1], 4), mine[-1]]
        self.chance.shuffle(shown)
        rows = "".join(
            f"<tr><td><a href=/notes/{each['id']}>{each['title']}</a></td><td><form method=post "
            f"action=/notes/{each['id']}/pin>{self.token(request)}<button>Pin it</button></form></td></tr>"
            for each in shown
        )
        return self.page(request, f"<table>{rows}</table><a href=/notes/new>New note</a>")

    async def act(self, request: Request) -> Response:
        if request.path_params["act"] != "pin":
            return await super().act(request)
        note = self.note(request, "pin")
        if self.who(request) is None or note is None or await self.form(request) is None:
            return HTMLResponse("<p>There is no such note.</p>", 404)
        note["status"] = "pinned"
        return RedirectResponse("/notes", 303)


async def test_in_lists_that_are_shuffled_no_other_record_is_touched(writing: Writing) -> None:
    desk = Shuffled()
    before = copy.deepcopy(desk.notes)
    run = await writing.run(desk)
    assert desk.notes == before
    assert run.crossings == set()
    tried = {each.asker: each.changed for each in run.found.trials if each.operation.endswith("/pin")}
    assert tried == {"sol": False, "anonymous": False}


@dataclass
class Reopening(Desk):
    """What is archived may be taken out again by its owner: that is offered for what is archived alone."""

    async def shown(self, request: Request) -> Response:
        found = await super().shown(request)
        note = self.note(request, "read")
        if note is None or note["status"] != "archived" or self.who(request) is None:
            return found
        form = f"<form method=post action=/notes/{note['id']}/reopen>{self.token(request)}<button>Take out</button></form>"
        return HTMLResponse(bytes(found.body).decode() + form)

    async def act(self, request: Request) -> Response:
        if request.path_params["act"] != "reopen":
            return await super().act(request)
        note = self.note(request, "reopen")
        if self.who(request) is None or note is None or await self.form(request) is None:
            return HTMLResponse("<p>There is no such note.</p>", 404)
        note["status"] = "open"
        return RedirectResponse("/notes", 303)


@pytest.mark.parametrize("hole", ["", "tenant reopen"])
async def test_what_is_offered_only_in_another_state_is_tried_there(writing: Writing, hole: str) -> None:
    desk = Reopening(holes=frozenset(filter(None, [hole])))
    run = await writing.run(desk)
    assert run.crossings == ({("object", "notes/{}/reopen", "sol")} if hole else set())
    tried = {each.asker: each.changed for each in run.found.trials if each.operation.endswith("/reopen")}
    assert tried == {"sol": bool(hole), "anonymous": False}
    assert all(each.removed for each in run.found.canaries)
