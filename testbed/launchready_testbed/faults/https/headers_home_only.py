"""Only the first page has security headers."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import Seen, World

_LOST = ("content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy")


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if seen.path != "/":
        for name in _LOST:
            del headers[name]


def _apply(world: World) -> None:
    world.edit(_drop)


FAULT = Fault(
    says="Only the first page has security headers.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/login | grep -ciE "
        "'^(content-security-policy|x-frame-options|x-content-type-options|referrer-policy)'\n"
        "< 0"
    ),
    apply=_apply,
)
