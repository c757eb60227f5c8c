"""The redirect from plain http drops the query."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    world.plain(lambda request: redirect(world.origin(request.scope["host"]) + request.url.path, 308))


FAULT = Fault(
    says="The redirect from plain http drops the query.",
    trips=("https/redirects",),
    look=(
        "$ curl -sI 'http://portal.lab.test:{http}/help?page=1'\n"
        "< HTTP/1.1 308\n"
        "< location: https://portal.lab.test:{https}/help\r"
    ),
    apply=_apply,
)
