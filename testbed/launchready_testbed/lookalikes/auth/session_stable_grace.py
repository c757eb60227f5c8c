"""The dashboard gives the session a new identifier, and the one before is good for a minute more."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.use.renewed_on = frozenset(("/dashboard",))


LOOKALIKE = Lookalike(
    says="The dashboard gives the session a new identifier, and the one before is good for a minute more.",
    spares=("auth/session-stable",),
    look=(
        "$ sign_in nora > old.txt; cp nora.jar other.jar; get nora /dashboard; get other /dashboard | head -n 1\n"
        "< set-cookie: __Host-session=\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)
