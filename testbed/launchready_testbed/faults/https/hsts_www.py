"""The www host's redirect has no HSTS."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import Seen, World


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if seen.host == "www.lab.test":
        del headers["strict-transport-security"]


def _apply(world: World) -> None:
    world.edit(_drop)


FAULT = Fault(
    says="The www host's redirect has no HSTS.",
    trips=("https/hsts",),
    look=("$ curl -sI https://www.lab.test:{https}/ | grep -ci ^strict-transport-security\n< 0"),
    apply=_apply,
)
