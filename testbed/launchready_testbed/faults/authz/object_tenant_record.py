"""Below its own word a client is shown any client's slip."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.moorings import moorings
from launchready_testbed.world import World


def _apply(world: World) -> None:
    moorings(world, asks_record=False)


FAULT = Fault(
    says="Below its own word a client is shown any client's slip.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; get nora /moorings/lisbon/slips/62\n"
        "< HTTP/1.1 404\n"
        "$ get nora /moorings/bergen/slips/62\n"
        "< HTTP/1.1 200\n"
        "< Albatross"
    ),
    apply=_apply,
)
