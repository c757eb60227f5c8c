"""The form of the settings stands on a page for administrators, and the server takes it from everybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("POST /settings",)


FAULT = Fault(
    says="The form of the settings stands on a page for administrators, and the server takes it from everybody.",
    trips=("authz/frontend-only",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sam > /dev/null\n"
        "$ get nora /settings\n"
        "< HTTP/1.1 403\n"
        "$ submit nora /profile /settings -d 'banner=All berths are free'\n"
        "< HTTP/1.1 303\n"
        "$ get sam /dashboard\n"
        "< All berths are free"
    ),
    apply=_apply,
)
