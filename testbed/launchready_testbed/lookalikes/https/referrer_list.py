"""The referrer policy has a fallback first for old browsers; the last word that is known counts."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["referrer-policy"] = "no-referrer-when-downgrade, strict-origin-when-cross-origin"


LOOKALIKE = Lookalike(
    says=("The referrer policy has a fallback first for old browsers; the last word that is known counts."),
    spares=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< referrer-policy: no-referrer-when-downgrade, strict-origin-when-cross-origin"
    ),
    apply=_apply,
)
