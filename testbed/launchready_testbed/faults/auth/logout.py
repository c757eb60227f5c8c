"""Signing out only makes the browser forget the cookie."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.logout_ends_session = False


FAULT = Fault(
    says="Signing out only makes the browser forget the cookie.",
    trips=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ cp nora.jar thief.jar; submit nora /profile /logout\n"
        "< HTTP/1.1 303\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 302\n"
        "$ get thief /profile\n"
        "< HTTP/1.1 200\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
