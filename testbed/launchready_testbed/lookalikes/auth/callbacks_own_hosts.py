"""Return addresses on the other hosts of the portal are followed, and no others."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.policy import is_own_path
from launchready_testbed.world import CANONICAL, World


def _apply(world: World) -> None:
    own = tuple(world.origin(host) + "/" for host in CANONICAL)
    world.auth.next_allowed = lambda wanted: (
        is_own_path(wanted) or (wanted.startswith(own) and wanted.isprintable())
    )


LOOKALIKE = Lookalike(
    says="Return addresses on the other hosts of the portal are followed, and no others.",
    spares=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=https://www.lab.test:{https}/pricing'\n"
        "< HTTP/1.1 303\n"
        "< location: https://www.lab.test:{https}/pricing"
    ),
    apply=_apply,
)
