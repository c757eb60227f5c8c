"""An old notice for all clients is on no page any more, and opens by its number."""

from __future__ import annotations

from launchready_testbed.contracts import notices
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    notices(world)


LOOKALIKE = Lookalike(
    says="An old notice for all clients is on no page any more, and opens by its number.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null\n"
        "$ get nora /notices/41\n"
        "< The slipway is closed\n"
        "$ get nora /notices/42\n"
        "< HTTP/1.1 200\n"
        "< Life jackets are checked"
    ),
    apply=_apply,
)
