"""A new ticket costs what whoever opens it says."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.taken_too = {"POST /api/v1/tickets": ("fee",)}


FAULT = Fault(
    says="A new ticket costs what whoever opens it says.",
    trips=("authz/property",),
    look=(
        "$ sign_in nora > /dev/null\n"
        '$ interface nora POST /tickets \'{"title": "Cheap", "body": "For nothing", "fee": 1}\'\n'
        "< HTTP/1.1 201\n"
        "$ get nora /api/v1/tickets?page=1\n"
        '< "fee":1}'
    ),
    apply=_apply,
)
