"""A ticket is deleted behind a page that asks first, and only one's own client's."""

from __future__ import annotations

from launchready_testbed.by_links import asks_before_deleting
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    asks_before_deleting(world)


LOOKALIKE = Lookalike(
    says="A ticket is deleted behind a page that asks first, and only one's own client's.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /tickets/24/delete\n"
        "< HTTP/1.1 404\n"
        "$ submit nora /tickets /tickets/24/delete\n"
        "< HTTP/1.1 404\n"
        "$ get sol /tickets/24\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)
