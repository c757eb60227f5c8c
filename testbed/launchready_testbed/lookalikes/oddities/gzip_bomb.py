"""A small answer unpacks to a hundred million letters."""

from __future__ import annotations

import gzip

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

_UNPACKED = 100_000_000


def _apply(world: World) -> None:
    packed = gzip.compress(bytes(_UNPACKED), 9, mtime=0)
    world.page("/bomb", packed, headers={"content-encoding": "gzip"})
    world.insert('<a href="/bomb">Map</a>')


LOOKALIKE = Lookalike(
    says="A small answer unpacks to a hundred million letters.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -s --compressed https://portal.lab.test:{https}/bomb | wc -c\n< 100000000"),
    apply=_apply,
)
