"""A number in what is sent is changed, after the one in the path was allowed."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)
    world.access.body_id_wins = ("PATCH /api/v1/tickets/{id}",)


FAULT = Fault(
    says="A number in what is sent is changed, after the one in the path was allowed.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ interface nora PATCH /tickets/24 \'{"title": "Not hers"}\'\n'
        "< HTTP/1.1 404\n"
        '$ interface nora PATCH /tickets/1 \'{"id": 24, "title": "Not hers"}\'\n'
        "< HTTP/1.1 204\n"
        "$ get sol /tickets/24\n"
        "< Not hers"
    ),
    apply=_apply,
)
