"""Anybody's ticket takes comments from the people of every client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /tickets/{id}/comments",)


FAULT = Fault(
    says="Anybody's ticket takes comments from the people of every client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets /tickets/24/comments -d 'body=From somewhere else'\n"
        "< HTTP/1.1 303\n"
        "$ get sol /tickets/24\n"
        "< From somewhere else"
    ),
    apply=_apply,
)
