"""The list of users as data holds the secrets of their second factors."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("user-data",)
    world.access.shown_too = {"GET /api/v1/users": ("totp",)}


FAULT = Fault(
    says="The list of users as data holds the secrets of their second factors.",
    trips=("authz/property",),
    look=('$ sign_in ada > /dev/null\n$ get ada /api/v1/users\n< HTTP/1.1 200\n< "totp":"'),
    apply=_apply,
)
