"""HSTS has its age in quotation marks, which the grammar allows."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["strict-transport-security"] = 'max-age="31536000"; includeSubDomains'


LOOKALIKE = Lookalike(
    says="HSTS has its age in quotation marks, which the grammar allows.",
    spares=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        '< strict-transport-security: max-age="31536000"; includeSubDomains\r'
    ),
    apply=_apply,
)
