"""A file can be fetched by whoever has its link, which nobody guesses; the record it belongs to is for members."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

_PATH = "/documents/shared/q8Zk3dQ9xLw02mTb7RfVhYpA81BcD2eF.pdf"


def _apply(world: World) -> None:
    text = b"Service agreement\nPrepared for Northwind Rowing.\n"
    world.page(_PATH, text, "application/pdf")
    world.insert(f'<a href="{_PATH}">The link that you gave out</a>', on=("/documents", "/dashboard"))


LOOKALIKE = Lookalike(
    says="A file can be fetched by whoever has its link, which nobody guesses; the record it belongs to is for members.",
    spares=("auth/bypass",),
    look=(f'$ curl -si "$BED_URL{_PATH}"\n< HTTP/1.1 200\n< Prepared for Northwind Rowing'),
    apply=_apply,
)
