"""A drawing names its namespaces, which look like plain http addresses."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8"><circle r="4" '
        'cx="4" cy="4"/></svg>'
    )


LOOKALIKE = Lookalike(
    says="A drawing names its namespaces, which look like plain http addresses.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< xmlns:xlink="http://'),
    apply=_apply,
)
