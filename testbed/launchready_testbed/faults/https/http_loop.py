"""A page redirects from https to http and back for ever."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    world.pages["/pricing"] = redirect(world.origin(scheme="http") + "/pricing", 301)


FAULT = Fault(
    says="A page redirects from https to http and back for ever.",
    trips=("https/redirects",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/pricing\n"
        "< location: http://portal.lab.test:{http}/pricing\n"
        "$ curl -sI http://portal.lab.test:{http}/pricing\n"
        "< location: https://portal.lab.test:{https}/pricing"
    ),
    apply=_apply,
)
