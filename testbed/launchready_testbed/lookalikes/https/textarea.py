"""A text field shows the words of a page with plain http."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert('<textarea rows="2" cols="40"><img src="http://cdn.example.test/photo.png"></textarea>')


LOOKALIKE = Lookalike(
    says="A text field shows the words of a page with plain http.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< <textarea rows="2" cols="40"><img'),
    apply=_apply,
)
