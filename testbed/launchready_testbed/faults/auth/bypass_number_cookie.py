"""The session cookie is the number of the account, so that everybody can be everybody who is signed in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.session_names_user = "number"


FAULT = Fault(
    says="The session cookie is the number of the account, so that everybody can be everybody who is signed in.",
    trips=("auth/bypass",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        '$ curl -si -b "__Host-session=$(printf \'{"uid":3}\' | armoured)" "$BED_URL/profile"\n'
        "< HTTP/1.1 200\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
