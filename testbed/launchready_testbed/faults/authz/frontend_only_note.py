"""Notes about clients are written on a page for staff, and the server takes them from clients."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("POST /clients/{id}/notes",)


FAULT = Fault(
    says="Notes about clients are written on a page for staff, and the server takes them from clients.",
    trips=("authz/frontend-only",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sam > /dev/null\n"
        "$ get nora /clients/2\n"
        "< HTTP/1.1 403\n"
        "$ submit nora /profile /clients/2/notes -d 'body=They pay early'\n"
        "< HTTP/1.1 303\n"
        "$ get sam /clients/2\n"
        "< They pay early"
    ),
    apply=_apply,
)
