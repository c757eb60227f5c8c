"""The interface takes a person's role from what the person sends as the profile."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("profile-data",)
    world.access.taken_too = {"PATCH /api/v1/profile": ("role",)}


FAULT = Fault(
    says="The interface takes a person's role from what the person sends as the profile.",
    trips=("authz/property",),
    look=(
        "$ sign_in nora > /dev/null\n"
        '$ interface nora PATCH /profile \'{"name": "Nora North", "role": "staff"}\'\n'
        "< HTTP/1.1 204\n"
        "$ get nora /api/v1/profile\n"
        '< "role":"staff"'
    ),
    apply=_apply,
)
