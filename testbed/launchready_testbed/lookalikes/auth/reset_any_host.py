"""The portal answers under any name, and its reset mails name the one it was given."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.any_host = True


LOOKALIKE = Lookalike(
    says="The portal answers under any name, and its reset mails name the one it was given.",
    spares=("auth/password-reset",),
    look=(
        '$ csrf stranger /forgot > token; get stranger /forgot -H \'host: evil.test\' -H "cookie: __Host-session=$(session_of stranger)" --data-urlencode "csrf=$(cat token)" --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora\n"
        "< https://portal.lab.test"
    ),
    apply=_apply,
)
