"""Signing out leads to the first page, and nothing else happens."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.logout_ends_session = False
    world.auth.logout_clears_cookie = False


FAULT = Fault(
    says="Signing out leads to the first page, and nothing else happens.",
    trips=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ submit nora /profile /logout\n"
        "< HTTP/1.1 303\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 200\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
