"""The language that was chosen before signing in is kept in a cookie."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("lang=de; Path=/; Secure; SameSite=Lax", on=("/login",))


LOOKALIKE = Lookalike(
    says="The language that was chosen before signing in is kept in a cookie.",
    spares=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; grep -o 'lang.*' nora.jar > before; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /dashboard > /dev/null; grep -o 'lang.*' nora.jar > after; test -s after && cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
