"""A page has letters beyond ASCII in its address."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/hjälp/öppettider", "<!doctype html><html lang=sv><title>Öppettider</title><p>Vi har öppet.</p>"
    )
    world.insert('<a href="/hjälp/öppettider">Öppettider</a>')


LOOKALIKE = Lookalike(
    says="A page has letters beyond ASCII in its address.",
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
        "$ curl -sIL http://portal.lab.test:{http}/hj%C3%A4lp/%C3%B6ppettider\n"
        "< location: https://portal.lab.test:{https}/hj%C3%A4lp/%C3%B6ppettider\n"
        "< HTTP/1.1 200 OK"
    ),
    apply=_apply,
)
