"""A client without any record gets the same pages as everybody, with nothing in them."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.joined import join
from launchready_testbed.people import Person
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data", "export", "search")
    world.seeds.append(
        lambda database: database.execute("INSERT INTO tenants VALUES (4, 'Eastmoor Oars', 'Umea')")
    )
    join(world, Person("eli", "eli@eastmoor.test", "client", "eastmoor"), 4, "Eli East")


LOOKALIKE = Lookalike(
    says="A client without any record gets the same pages as everybody, with nothing in them.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in eli > /dev/null; sign_in nora > /dev/null\n"
        "$ get eli /invoices\n"
        "< HTTP/1.1 200\n"
        "< Nothing here yet.\n"
        "$ get eli /invoices/1\n"
        "< HTTP/1.1 404\n"
        "$ get eli /api/v1/tickets\n"
        '< "total":0'
    ),
    apply=_apply,
)
