"""The policy only reports and stops nothing."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    policy = "; ".join(f"{name} {sources}" for name, sources in world.csp.items() if "nonce" not in sources)
    world.csp = {}
    world.headers["content-security-policy-report-only"] = policy


FAULT = Fault(
    says="The policy only reports and stops nothing.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< content-security-policy-report-only: default-src 'none'"
    ),
    apply=_apply,
)
