"""Signing in sets a new cookie, but what carries the session is the old one, with its old value."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.rotate_at_login = False
    world.cookie("__Host-since=b2f9c41d7a55e03c; Path=/; Secure; HttpOnly; SameSite=Lax", on=("/dashboard",))


FAULT = Fault(
    says="Signing in sets a new cookie, but what carries the session is the old one, with its old value.",
    trips=("auth/session-rotation",),
    look=(
        "$ get nora /login > /dev/null; session_of nora > before; give_password nora\n"
        "< HTTP/1.1 303\n"
        "$ session_of nora > after; cmp before after && echo kept\n"
        "< kept\n"
        "$ get nora /dashboard > /dev/null; grep -c '__Host-since' nora.jar\n"
        "< 1"
    ),
    apply=_apply,
)
