"""A page says UTF-8 and is not."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/latin", "<!doctype html><title>Café</title><p>Größe".encode("latin-1"))
    world.insert('<a href="/latin">Latin</a>')


LOOKALIKE = Lookalike(
    says="A page says UTF-8 and is not.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=(
        "$ curl -s https://portal.lab.test:{https}/latin | iconv -f utf-8 -t utf-8 2>&1 >/dev/null\n"
        "< illegal input sequence"
    ),
    apply=_apply,
)
