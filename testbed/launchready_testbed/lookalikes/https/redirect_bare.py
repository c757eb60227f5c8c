"""Redirects have no policy; nothing of them is shown."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Seen, World

_LOST = ("content-security-policy", "x-frame-options", "referrer-policy")


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if 300 <= seen.status < 400:
        for name in _LOST:
            del headers[name]


def _apply(world: World) -> None:
    world.edit(_drop)


LOOKALIKE = Lookalike(
    says="Redirects have no policy; nothing of them is shown.",
    spares=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/dashboard | grep -ciE "
        "'^(content-security-policy|x-frame-options)'\n"
        "< 0"
    ),
    apply=_apply,
)
