"""The session cookie reads like armoured JSON with a number in it, and is looked up as a whole."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.session_names_user = "looked-up"


LOOKALIKE = Lookalike(
    says="The session cookie reads like armoured JSON with a number in it, and is looked up as a whole.",
    spares=("auth/bypass",),
    look=(
        "$ sign_in nora\n"
        "< set-cookie: __Host-session=eyJ1aWQi\n"
        '$ curl -si -b "__Host-session=$(printf \'{"uid":3}\' | armoured)" "$BED_URL/profile"\n'
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
