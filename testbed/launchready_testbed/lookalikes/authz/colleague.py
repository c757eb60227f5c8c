"""Two people of one client see the same records."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.joined import join
from launchready_testbed.people import Person
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data", "search", "export")
    join(world, Person("nina", "nina@northwind.test", "client", "northwind"), 1, "Nina Night")


LOOKALIKE = Lookalike(
    says="Two people of one client see the same records.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; sign_in nina > /dev/null; sign_in sol > /dev/null\n"
        "$ get nina /invoices/1\n"
        "< H-2026-1001\n"
        "$ get nora /invoices/1\n"
        "< H-2026-1001\n"
        "$ get sol /invoices/1\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
