"""The old domain and its www host lead to each other for ever."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import OLD_PORTAL, World, redirect


def _apply(world: World) -> None:
    world.host(OLD_PORTAL, secure=redirect(world.origin(f"www.{OLD_PORTAL}") + "/", 301), declare=False)
    world.host(f"www.{OLD_PORTAL}", secure=redirect(world.origin(OLD_PORTAL) + "/", 301), declare=False)


FAULT = Fault(
    says="The old domain and its www host lead to each other for ever.",
    trips=("https/redirect-map",),
    look=(
        "$ curl -sIL --max-redirs 6 -w '%{num_redirects} redirects, error %{exitcode}' "
        "https://old-portal.test:{https}/\n"
        "< 6 redirects, error 47"
    ),
    apply=_apply,
)
