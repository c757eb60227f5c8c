"""A counter of visits knows the browser before and after signing in."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie(
        "_ga=GA1.1.1180294473.1790251200; Path=/; Max-Age=34560000; Secure; SameSite=Lax", on=("/login",)
    )


LOOKALIKE = Lookalike(
    says="A counter of visits knows the browser before and after signing in.",
    spares=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; grep -o '_ga.*' nora.jar > before; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /dashboard > /dev/null; grep -o '_ga.*' nora.jar > after; test -s after && cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
