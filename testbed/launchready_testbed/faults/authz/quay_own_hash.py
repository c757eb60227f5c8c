"""The answer about oneself holds the hash of the password."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.shows = frozenset({"GET /me password_hash"})


FAULT = Fault(
    says="The answer about oneself holds the hash of the password.",
    trips=("authz/property",),
    look=('$ quay_sign_in tess > /dev/null; quay tess /me\n< HTTP/1.1 200\n< "password_hash":"'),
    apply=_apply,
    portal="quay",
)
