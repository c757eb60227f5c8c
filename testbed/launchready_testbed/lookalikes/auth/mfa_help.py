"""The page that asks for the code has links to public pages and to the log-in page."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    links = '<a href="/help">I have lost my device</a> <a href="/contact">Write to us</a> <a href="/login">Begin again</a>'
    world.insert(links, on=("/login/code",))


LOOKALIKE = Lookalike(
    says="The page that asks for the code has links to public pages and to the log-in page.",
    spares=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ get ada /login/code\n"
        "< I have lost my device\n"
        "$ get ada /users\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
