"""For old browsers the policy also names 'unsafe-inline' and https:, which every browser that knows nonces ignores."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp["script-src"] = "'nonce-{nonce}' 'strict-dynamic' 'unsafe-inline' https:"
    world.csp["object-src"] = "'none'"


LOOKALIKE = Lookalike(
    says=(
        "For old browsers the policy also names 'unsafe-inline' and https:, which every "
        "browser that knows nonces ignores."
    ),
    spares=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< 'strict-dynamic' 'unsafe-inline' https:"
    ),
    apply=_apply,
)
