"""A data attribute holds a plain http address that nothing loads."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert('<img data-src="http://cdn.example.test/photo.png" src="/favicon.ico" alt="">')


LOOKALIKE = Lookalike(
    says="A data attribute holds a plain http address that nothing loads.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< data-src="http://cdn'),
    apply=_apply,
)
