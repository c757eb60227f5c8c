"""One part of the site has lost HSTS, as when a location sets a header of its own."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import Seen, World


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if seen.path.startswith("/help"):
        del headers["strict-transport-security"]


def _apply(world: World) -> None:
    world.edit(_drop)


FAULT = Fault(
    says="One part of the site has lost HSTS, as when a location sets a header of its own.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/help/opening-hours | grep -ci "
        "^strict-transport-security\n"
        "< 0"
    ),
    apply=_apply,
)
