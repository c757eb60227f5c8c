"""Each client's slips stand below a word of its own, and any client's word is taken."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.moorings import moorings
from launchready_testbed.world import World


def _apply(world: World) -> None:
    moorings(world, asks_word=False)


FAULT = Fault(
    says="Each client's slips stand below a word of its own, and any client's word is taken.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; get nora /moorings/bergen/slips/61\n"
        "< Petrel\n"
        "$ get nora /moorings/lisbon/slips/62\n"
        "< HTTP/1.1 200\n"
        "< Albatross"
    ),
    apply=_apply,
)
