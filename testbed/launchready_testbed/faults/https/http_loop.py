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
        "$ curl -sIL --max-redirs 6 -w '%{num_redirects} redirects, error %{exitcode}' https://portal.lab.test:{https}/pricing\n"
        "< 6 redirects, error 47"
    ),
    apply=_apply,
)
