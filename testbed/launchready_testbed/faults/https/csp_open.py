"""The policy is about images only and says nothing of scripts and plug-ins."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp = {"img-src": "'self'", "frame-ancestors": "'none'"}


FAULT = Fault(
    says="The policy is about images only and says nothing of scripts and plug-ins.",
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        "< content-security-policy: img-src 'self'; frame-ancestors 'none'"
    ),
    apply=_apply,
)
