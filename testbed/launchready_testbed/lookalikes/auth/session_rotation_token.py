"""The token against forged requests is a cookie of its own, and outlives signing in."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("XSRF-TOKEN=Tq81xVhW20sKe7Lr; Path=/; Secure; SameSite=Lax", on=("/login",))


LOOKALIKE = Lookalike(
    says="The token against forged requests is a cookie of its own, and outlives signing in.",
    spares=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; grep -o 'XSRF-TOKEN.*' nora.jar > before; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /dashboard > /dev/null; grep -o 'XSRF-TOKEN.*' nora.jar > after; test -s after && cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
