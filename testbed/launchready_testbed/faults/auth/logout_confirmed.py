"""The portal asks whether one really wants to sign out, thanks, and only forgets the cookie."""

from __future__ import annotations

from launchready_testbed.doors import asks_first
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    asks_first(world)
    world.auth.logout_ends_session = False


FAULT = Fault(
    says="The portal asks whether one really wants to sign out, thanks, and only forgets the cookie.",
    trips=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ cp nora.jar thief.jar; get nora /logout\n"
        "< Do you want to sign out?\n"
        "$ submit nora /logout /logout\n"
        "< HTTP/1.1 303\n"
        "$ get thief /profile\n"
        "< HTTP/1.1 200\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
