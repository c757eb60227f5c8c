"""Memos are each one's own, and colleagues are refused them."""

from __future__ import annotations

from launchready_testbed.contracts import memos
from launchready_testbed.fault import Lookalike
from launchready_testbed.joined import join
from launchready_testbed.people import Person
from launchready_testbed.world import World


def _apply(world: World) -> None:
    join(world, Person("nina", "nina@northwind.test", "client", "northwind"), 1, "Nina Night")
    memos(world, open_to_colleagues=False)


LOOKALIKE = Lookalike(
    says="Memos are each one's own, and colleagues are refused them.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in nina > /dev/null\n"
        "$ get nora /memos/70\n"
        "< HTTP/1.1 200\n"
        "$ get nina /memos/70\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
