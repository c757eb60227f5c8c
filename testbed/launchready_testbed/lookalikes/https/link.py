"""Links lead to pages on plain http; nothing is loaded from there."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        '<a href="http://www.example.test/">A friend</a> <a '
        'href="http://portal.lab.test:{http}/help">Help</a> <area '
        'href="http://www.example.test/" alt="">'
    )


LOOKALIKE = Lookalike(
    says="Links lead to pages on plain http; nothing is loaded from there.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< <a href="http://www.example.test/">'),
    apply=_apply,
)
