"""Two people work for the same client, and read the same orders."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.quay.people import COLLEAGUE, identity
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.colleague = True
    world.portals["quay"].identities.append(identity(COLLEAGUE, world.lab.secrets))


LOOKALIKE = Lookalike(
    says="Two people work for the same client, and read the same orders.",
    spares=("authz/object",),
    look=(
        '$ quay_sign_in tess > /dev/null; quay_sign_in wanda > /dev/null; quay wanda "/orders/$(quay_first tess /orders id)"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"AC-'
    ),
    apply=_apply,
    portal="quay",
)
