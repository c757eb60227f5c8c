"""HSTS is written in capitals and with spaces; neither matters."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = "MAX-AGE = 31536000 ;  IncludeSubdomains"


LOOKALIKE = Lookalike(
    says="HSTS is written in capitals and with spaces; neither matters.",
    spares=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: MAX-AGE = 31536000 ;  IncludeSubdomains\r"
    ),
    apply=_apply,
)
