"""A template that is never used has an image over plain http."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert('<template><img src="http://cdn.example.test/photo.png" alt=""></template>')


LOOKALIKE = Lookalike(
    says="A template that is never used has an image over plain http.",
    spares=("https/mixed-content",),
    look=("$ curl -s https://portal.lab.test:{https}/\n< <template><img"),
    apply=_apply,
)
