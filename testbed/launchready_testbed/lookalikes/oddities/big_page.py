"""A page has three million characters."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/big",
        "<!doctype html><html lang=en><title>Big</title>" + "<p>All the words of the harbour.</p>\n" * 84000,
    )
    world.insert('<a href="/big">Big</a>')


LOOKALIKE = Lookalike(
    says="A page has three million characters.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -s https://portal.lab.test:{https}/big | wc -c | cut -c1\n< 3"),
    apply=_apply,
)
