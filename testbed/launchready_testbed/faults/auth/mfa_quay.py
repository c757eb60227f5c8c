"""The interface of a single-page portal gives administrators their tokens for the password alone."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.mfa_optional = True


FAULT = Fault(
    says="The interface of a single-page portal gives administrators their tokens for the password alone.",
    trips=("auth/mfa-admin",),
    look=('$ quay_password quentin\n< HTTP/1.1 200\n< "access_token"'),
    apply=_apply,
    portal="quay",
)
