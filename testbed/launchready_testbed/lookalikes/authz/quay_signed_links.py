"""Files have signed links, good for an hour, that are meant for people without an account."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.signed_links = True


LOOKALIKE = Lookalike(
    says="Files have signed links, good for an hour, that are meant for people without an account.",
    spares=(
        "authz/anonymous",
        "authz/object",
    ),
    look=(
        '$ quay_sign_in tess > /dev/null; link=$BED_QUAY$(quay_first tess /files link); curl -si "$link"; curl -si "$link" | head -n 1; curl -si "${link%?????}00000" | head -n 1\n'
        "< HTTP/1.1 200\n"
        "< Agreed with Ardent Coffee\n"
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
    portal="quay",
)
