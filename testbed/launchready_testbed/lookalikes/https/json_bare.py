"""Answers in JSON have no policy and no word on frames; they are no documents."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Seen, World

_LOST = ("content-security-policy", "x-frame-options", "referrer-policy")


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if "json" in headers.get("content-type", ""):
        for name in _LOST:
            del headers[name]


def _apply(world: World) -> None:
    world.edit(_drop)
    world.insert('<a href="/api/v1/status">Status for machines</a>')


LOOKALIKE = Lookalike(
    says="Answers in JSON have no policy and no word on frames; they are no documents.",
    spares=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/api/v1/status | grep -ciE "
        "'^(content-security-policy|x-frame-options)'\n"
        "< 0"
    ),
    apply=_apply,
)
