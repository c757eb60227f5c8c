"""The policy allows scripts by nonce alone, and leaves styles and images alone."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import NONCE_CSP, World


def _apply(world: World) -> None:
    world.csp = dict(NONCE_CSP)


LOOKALIKE = Lookalike(
    says="The policy allows scripts by nonce alone, and leaves styles and images alone.",
    spares=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n< script-src 'nonce-"
    ),
    apply=_apply,
)
