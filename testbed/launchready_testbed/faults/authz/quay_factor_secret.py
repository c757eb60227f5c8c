"""The list of users holds what their authenticators were given."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.shows = frozenset({"GET /users totp_secret"})


FAULT = Fault(
    says="The list of users holds what their authenticators were given.",
    trips=("authz/property",),
    look=('$ quay_sign_in quentin > /dev/null; quay quentin /users\n< HTTP/1.1 200\n< "totp_secret":"'),
    apply=_apply,
    portal="quay",
)
