"""The web server's password hashes can be read by everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/.htpasswd", "keeper:$apr1$x3Ub9Qe1$" + "b" * 22 + "\n", "application/octet-stream")


FAULT = Fault(
    says="The web server's password hashes can be read by everybody.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.htpasswd\n< $apr1$",
    apply=_apply,
)
