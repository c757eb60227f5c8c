"""Signing in keeps the session identifier that the visitor had before."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.rotate_at_login = False


FAULT = Fault(
    says="Signing in keeps the session identifier that the visitor had before.",
    trips=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; session_of nora > before; give_password nora\n"
        "< HTTP/1.1 303\n"
        "$ session_of nora > after; cmp before after && echo kept\n"
        "< kept"
    ),
    apply=_apply,
)
