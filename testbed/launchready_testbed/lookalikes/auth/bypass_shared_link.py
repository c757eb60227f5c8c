"""A document can be read by whoever has its link, which nobody guesses and its owner gave out."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    path = "/shared/q8Zk3dQ9xLw02mTb7RfVhYpA81BcD2eF"
    text = (
        "<!doctype html><title>Shared</title><h1>Service agreement</h1><p>Prepared for Northwind Rowing.</p>"
    )
    world.page(path, text)
    world.insert(f'<a href="{path}">The link that you gave out</a>', on=("/documents", "/dashboard"))


LOOKALIKE = Lookalike(
    says="A document can be read by whoever has its link, which nobody guesses and its owner gave out.",
    spares=("auth/bypass",),
    look=(
        '$ curl -si "$BED_URL/shared/q8Zk3dQ9xLw02mTb7RfVhYpA81BcD2eF"\n'
        "< HTTP/1.1 200\n"
        "< Prepared for Northwind Rowing"
    ),
    apply=_apply,
)
