"""The policy names script-src twice; the first, which counts, is open."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp = {"script-src *; script-src": "'self'", "object-src": "'none'", "frame-ancestors": "'none'"}


FAULT = Fault(
    says="The policy names script-src twice; the first, which counts, is open.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< script-src *; script-src 'self'"
    ),
    apply=_apply,
)
