"""Plain http redirects with 302, which nobody may remember."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect, target


def _apply(world: World) -> None:
    world.plain(lambda request: redirect(world.origin(request.scope["host"]) + target(request.scope), 302))


FAULT = Fault(
    says="Plain http redirects with 302, which nobody may remember.",
    trips=("https/redirects",),
    look=("$ curl -sI http://portal.lab.test:{http}/\n< HTTP/1.1 302"),
    apply=_apply,
)
