"""Answers without content, 204 and 304, have no headers about content."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import Response

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Seen, World

_LOST = ("content-security-policy", "x-frame-options", "referrer-policy")


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if seen.status in (204, 304):
        for name in _LOST:
            del headers[name]


def _apply(world: World) -> None:
    world.pages["/ping"] = Response(status_code=204)
    world.insert('<a href="/ping">Ping</a>')
    world.edit(_drop)


LOOKALIKE = Lookalike(
    says="Answers without content, 204 and 304, have no headers about content.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ping\n< HTTP/1.1 204"),
    apply=_apply,
)
