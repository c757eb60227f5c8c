"""Only staff see the button that deletes a note about a client, and the server deletes it for anybody."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("POST /notes/{id}/delete",)


FAULT = Fault(
    says="Only staff see the button that deletes a note about a client, and the server deletes it for anybody.",
    trips=("authz/frontend-only",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sam > /dev/null\n"
        "$ get nora /clients/1\n"
        "< HTTP/1.1 403\n"
        "$ submit nora /profile /notes/1/delete\n"
        "< HTTP/1.1 303\n"
        "$ get sam /clients/1 | grep -q 'pays late' || echo 'the note is gone'\n"
        "< the note is gone"
    ),
    apply=_apply,
)
