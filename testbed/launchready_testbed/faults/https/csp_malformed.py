"""The whole policy stands in quotation marks, so that browsers know none of its directives."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    whole = "; ".join(f"{name} {sources}" for name, sources in world.csp.items() if "nonce" not in sources)
    world.csp = {}
    world.headers["content-security-policy"] = f'"{whole}"'


FAULT = Fault(
    says=("The whole policy stands in quotation marks, so that browsers know none of its directives."),
    trips=("https/headers",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n"
        '< content-security-policy: "default-src'
    ),
    apply=_apply,
)
