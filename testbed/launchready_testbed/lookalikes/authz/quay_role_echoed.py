"""Changing the own account answers with all that was sent, and keeps the role."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.role_echoed = True


LOOKALIKE = Lookalike(
    says="Changing the own account answers with all that was sent, and keeps the role.",
    spares=(
        "authz/property",
        "authz/function",
    ),
    look=(
        '$ quay_sign_in tess > /dev/null; quay_send tess /me \'{"role": "admin"}\' -X PATCH; quay tess /me; quay tess /users\n'
        "< HTTP/1.1 200\n"
        '< "role":"admin"\n'
        '< "role":"client"\n'
        "< HTTP/1.1 403"
    ),
    apply=_apply,
    portal="quay",
)
