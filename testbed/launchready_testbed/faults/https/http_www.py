"""The www host is served over plain http."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.plain(lambda _request: world.lab.portal, ("www.lab.test",))


FAULT = Fault(
    says="The www host is served over plain http.",
    trips=("https/redirects",),
    look=("$ curl -sI http://www.lab.test:{http}/\n< HTTP/1.1 200 OK"),
    apply=_apply,
)
