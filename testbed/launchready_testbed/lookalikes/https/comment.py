"""A comment in the page has an old script over plain http."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert('<!-- <script src="http://cdn.example.test/old.js"></script> -->')


LOOKALIKE = Lookalike(
    says="A comment in the page has an old script over plain http.",
    spares=("https/mixed-content",),
    look=("$ curl -s https://portal.lab.test:{https}/\n< <!-- <script src"),
    apply=_apply,
)
