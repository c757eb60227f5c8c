"""Another host of the portal serves the version history, which the portal itself does not."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, on_secure


def _apply(world: World) -> None:
    def rule(request: Request) -> ASGIApp | None:
        if on_secure(request, ("www.lab.test",)) and request.url.path == "/.git/HEAD":
            return world.document("ref: refs/heads/main\n", "text/plain")
        return None

    world.rule(rule)


FAULT = Fault(
    says="Another host of the portal serves the version history, which the portal itself does not.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://www.lab.test:{https}/.git/HEAD\n< ref: refs/heads/main",
    apply=_apply,
)
