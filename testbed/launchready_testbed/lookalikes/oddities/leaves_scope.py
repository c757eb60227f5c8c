"""A link on the portal redirects to a host that nobody declared."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    world.pages["/partner"] = redirect("https://www.example.test/", 302)
    world.insert('<a href="/partner">Our partner</a>')


LOOKALIKE = Lookalike(
    says="A link on the portal redirects to a host that nobody declared.",
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
        "$ curl -sI https://portal.lab.test:{https}/partner\n"
        "< HTTP/1.1 302\n"
        "< location: https://www.example.test/"
    ),
    apply=_apply,
)
