"""A load balancer keeps sending the browser to the same machine."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("ROUTEID=.node3; Path=/; Secure; HttpOnly", on=("/login",))


LOOKALIKE = Lookalike(
    says="A load balancer keeps sending the browser to the same machine.",
    spares=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; grep -o 'ROUTEID.*' nora.jar > before; sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /dashboard > /dev/null; grep -o 'ROUTEID.*' nora.jar > after; test -s after && cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
