"""The session cookie holds the number of the account and a signature, which nobody verifies."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.session_names_user = "unverified"


FAULT = Fault(
    says="The session cookie holds the number of the account and a signature, which nobody verifies.",
    trips=("auth/bypass",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        '$ curl -si -b "__Host-session=$(printf \'{"uid":3}\' | armoured).bm9ib2R5LXNpZ25lZC10aGlz" "$BED_URL/profile"\n'
        "< HTTP/1.1 200\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
