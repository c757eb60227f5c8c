"""The session is in the cookie alone, signed; nobody can end it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.session_names_user = "stateless"


FAULT = Fault(
    says="The session is in the cookie alone, signed; nobody can end it.",
    trips=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ cp nora.jar thief.jar; submit nora /profile /logout\n"
        "< HTTP/1.1 303\n"
        "$ get thief /profile\n"
        "< HTTP/1.1 200\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
