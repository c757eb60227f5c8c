"""Error pages have no HSTS."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import Seen, World


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if seen.status >= 400:
        del headers["strict-transport-security"]


def _apply(world: World) -> None:
    world.insert('<a href="/help/old-article">An older article</a>')
    world.edit(_drop)


FAULT = Fault(
    says="Error pages have no HSTS.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/help/old-article | grep -ci "
        "^strict-transport-security\n"
        "< 0"
    ),
    apply=_apply,
)
