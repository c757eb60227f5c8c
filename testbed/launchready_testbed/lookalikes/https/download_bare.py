"""A file to download has no policy; it is no document."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Seen, World

_LOST = ("content-security-policy", "x-frame-options", "referrer-policy")


def _drop(seen: Seen, headers: MutableHeaders) -> None:
    if "html" not in headers.get("content-type", ""):
        for name in _LOST:
            del headers[name]


def _apply(world: World) -> None:
    world.page(
        "/files/prices.csv",
        "item,price\nberth,49\n",
        "text/csv",
        headers={"content-disposition": "attachment"},
    )
    world.insert('<a href="/files/prices.csv">Prices</a>')
    world.edit(_drop)


LOOKALIKE = Lookalike(
    says="A file to download has no policy; it is no document.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/files/prices.csv\n< HTTP/1.1 200 OK"),
    apply=_apply,
)
