"""Everybody is led to their own memos, and colleagues may open them, as the owner of the portal confirmed."""

from __future__ import annotations

from launchready_testbed.contracts import memos
from launchready_testbed.fault import Lookalike
from launchready_testbed.joined import join
from launchready_testbed.people import Person
from launchready_testbed.world import World


def _apply(world: World) -> None:
    join(world, Person("nina", "nina@northwind.test", "client", "northwind"), 1, "Nina Night")
    memos(world, open_to_colleagues=True)
    world.declared_access.append(
        {"route": "GET /memos/{}", "roles": ["client"], "records": "tenant", "confirmed": True}
    )


LOOKALIKE = Lookalike(
    says="Everybody is led to their own memos, and colleagues may open them, as the owner of the portal confirmed.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in nina > /dev/null; sign_in sol > /dev/null\n"
        "$ get nina /memos/70\n"
        "< HTTP/1.1 200\n"
        "$ get sol /memos/70\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
