"""Whoever has signed in sees how many tickets and berths there are in all, and nobody's records."""

from __future__ import annotations

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from launchready_testbed.doors import behind
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def answer(request: Request, user: User) -> Response:
        database = cast(Any, world.lab.portal).state.database
        count = {
            each: database.execute(f"SELECT count(*) FROM {each}").fetchone()[0]
            for each in ("tickets", "invoices")
        }
        return JSONResponse({**count, "berths_taken": 412, "berths_free": 88})

    behind(world, r"/api/v1/totals", answer)
    world.insert('<a href="/api/v1/totals">The harbour in numbers</a>', on=("/dashboard",))


LOOKALIKE = Lookalike(
    says="Whoever has signed in sees how many tickets and berths there are in all, and nobody's records.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/totals\n"
        '< "tickets":69\n'
        "$ get sol /api/v1/totals\n"
        '< "tickets":69'
    ),
    apply=_apply,
)
