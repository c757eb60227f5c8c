"""Scripts and styles have no HSTS."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import Seen, World


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if seen.path.startswith("/assets/"):
        del headers["strict-transport-security"]


def _apply(world: World) -> None:
    world.edit(_drop)


FAULT = Fault(
    says="Scripts and styles have no HSTS.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}$(curl -s https://portal.lab.test:{https}/ | grep -o "
        "'/assets/app[.][0-9a-f]*[.]js') | grep -ci ^strict-transport-security\n"
        "< 0"
    ),
    apply=_apply,
)
