"""A link leads to a page that asks whether one really wants to sign out, and that form does it."""

from __future__ import annotations

from launchready_testbed.doors import asks_first
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    asks_first(world)


LOOKALIKE = Lookalike(
    says="A link leads to a page that asks whether one really wants to sign out, and that form does it.",
    spares=("auth/logout",),
    look=(
        "$ sign_in nora\n"
        "< HTTP/1.1 303\n"
        "$ get nora /logout\n"
        "< Do you want to sign out?\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 200\n"
        "$ submit nora /logout /logout\n"
        "< HTTP/1.1 303\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
