"""The policy lets inline styles be, but not inline scripts."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["style-src"] = "'self' 'unsafe-inline'"


LOOKALIKE = Lookalike(
    says="The policy lets inline styles be, but not inline scripts.",
    spares=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< style-src 'self' 'unsafe-inline'"
    ),
    apply=_apply,
)
