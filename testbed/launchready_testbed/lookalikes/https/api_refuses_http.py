"""The interface's host refuses plain http instead of redirecting, as an interface should."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    api = world.document('{"status": "ok"}\n', "application/json")
    world.host("api.lab.test", secure=api, plain=PlainTextResponse("https only\n", 403))


LOOKALIKE = Lookalike(
    says=("The interface's host refuses plain http instead of redirecting, as an interface should."),
    spares=("https/redirects",),
    look=("$ curl -sI http://api.lab.test:{http}/\n< HTTP/1.1 403"),
    apply=_apply,
)
