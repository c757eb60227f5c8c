"""A page is empty."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/blank", "")
    world.insert('<a href="/blank">Blank</a>')


LOOKALIKE = Lookalike(
    says="A page is empty.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -sI https://portal.lab.test:{https}/blank\n< HTTP/1.1 200 OK\n< content-length: 0"),
    apply=_apply,
)
