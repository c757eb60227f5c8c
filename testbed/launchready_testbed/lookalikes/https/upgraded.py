"""The policy upgrades every request, and the image written with plain http is there on https."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["upgrade-insecure-requests"] = ""
    world.csp["img-src"] = "'self' portal.lab.test"
    world.insert('<img src="http://portal.lab.test/favicon.ico" alt="">', on=("/terms",))


LOOKALIKE = Lookalike(
    says=("The policy upgrades every request, and the image written with plain http is there on https."),
    spares=("https/mixed-content", "https/headers"),
    look=(
        "$ curl -si https://portal.lab.test:{https}/terms\n"
        "< upgrade-insecure-requests\n"
        '< src="http://portal.lab.test/favicon.ico"'
    ),
    apply=_apply,
)
