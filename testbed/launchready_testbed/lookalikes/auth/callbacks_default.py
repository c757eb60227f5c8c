"""The return address is ignored: everybody begins at the dashboard."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.next_allowed = lambda wanted: False


LOOKALIKE = Lookalike(
    says="The return address is ignored: everybody begins at the dashboard.",
    spares=("auth/callbacks",),
    look=("$ give_password nora --data-urlencode 'next=/tickets'\n< HTTP/1.1 303\n< location: /dashboard"),
    apply=_apply,
)
