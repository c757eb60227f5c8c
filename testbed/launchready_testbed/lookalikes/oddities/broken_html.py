"""A page breaks off in the middle of a tag and nests what cannot be nested."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/broken",
        '<!doctype html><html><p><table><p><a href=\'/help\'><a href="/terms"><form><form><b><i></b></i><img alt="',
    )
    world.insert('<a href="/broken">Broken</a>')


LOOKALIKE = Lookalike(
    says="A page breaks off in the middle of a tag and nests what cannot be nested.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -s https://portal.lab.test:{https}/broken\n< <form><form>"),
    apply=_apply,
)
