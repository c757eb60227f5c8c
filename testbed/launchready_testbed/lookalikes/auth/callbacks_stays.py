"""Who is signed in and opens the log-in page sees it again, and is not sent on."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_redirects_signed_in = False


LOOKALIKE = Lookalike(
    says="Who is signed in and opens the log-in page sees it again, and is not sent on.",
    spares=("auth/callbacks",),
    look=('$ sign_in nora\n< location: /dashboard\n$ get nora "/login?next=%2Ftickets"\n< HTTP/1.1 200'),
    apply=_apply,
)
