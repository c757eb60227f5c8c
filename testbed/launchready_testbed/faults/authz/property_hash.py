"""The profile as data holds the hash of the password."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("profile-data",)
    world.access.shown_too = {"GET /api/v1/profile": ("password",)}


FAULT = Fault(
    says="The profile as data holds the hash of the password.",
    trips=("authz/property",),
    look=('$ sign_in nora > /dev/null\n$ get nora /api/v1/profile\n< HTTP/1.1 200\n< "password":"6e6f7261'),
    apply=_apply,
)
