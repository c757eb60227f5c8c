"""Each client's slips stand below a word of its own, one each, on pages that say much the same."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.moorings import moorings
from launchready_testbed.world import World


def _apply(world: World) -> None:
    moorings(world)


LOOKALIKE = Lookalike(
    says="Each client's slips stand below a word of its own, one each, on pages that say much the same.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; get nora /moorings/bergen/slips/61\n"
        "< HTTP/1.1 200\n"
        "$ get nora /moorings/lisbon/slips/62\n"
        "< HTTP/1.1 404\n"
        "$ get nora /moorings/bergen/slips/62\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
