"""The browser is known as a device, before and after; that alone lets nobody in."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie(
        "__Host-device=d41d8cd98f00b204e9800998ecf8427e; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000",
        on=("/login",),
    )


LOOKALIKE = Lookalike(
    says="The browser is known as a device, before and after; that alone lets nobody in.",
    spares=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; grep -o '__Host-device.*' nora.jar > before; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /dashboard > /dev/null; grep -o '__Host-device.*' nora.jar > after; test -s after && cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
