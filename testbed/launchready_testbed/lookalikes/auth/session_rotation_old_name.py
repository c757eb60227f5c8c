"""A cookie with the name of a session is left from the old portal; nobody reads it any more."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie(
        "PHPSESSID=k3v9s0c1q7h2m5n8p4r6t1u3w5; Path=/; Secure; HttpOnly; SameSite=Lax", on=("/login",)
    )


LOOKALIKE = Lookalike(
    says="A cookie with the name of a session is left from the old portal; nobody reads it any more.",
    spares=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; grep -o 'PHPSESSID.*' nora.jar > before; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /dashboard > /dev/null; grep -o 'PHPSESSID.*' nora.jar > after; test -s after && cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
