"""The price list is public, as a page and as data, and those who have signed in are shown the same."""

from __future__ import annotations

import json

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

PRICES = [
    {"id": 1, "title": "Berth of ten metres", "cents": 1900},
    {"id": 2, "title": "Berth of twenty metres", "cents": 3700},
    {"id": 3, "title": "Crane for an hour", "cents": 8800},
]


def _apply(world: World) -> None:
    world.page("/api/v1/prices", json.dumps({"items": PRICES}), "application/json")
    world.insert('<a href="/api/v1/prices">Prices as data</a>', on=("/pricing", "/dashboard"))


LOOKALIKE = Lookalike(
    says="The price list is public, as a page and as data, and those who have signed in are shown the same.",
    spares=("authz/anonymous", "authz/object", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; get nora /api/v1/prices\n"
        "< Berth of twenty metres\n"
        '$ curl -si "$BED_URL/api/v1/prices"\n'
        "< HTTP/1.1 200\n"
        "< Berth of twenty metres"
    ),
    apply=_apply,
)
