"""A locked name is told so with status 200, in German."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import Refusal, by_account
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = [Lock(6, 15, Refusal(200, "Bitte etwas Geduld."), by_account)]


LOOKALIKE = Lookalike(
    says="A locked name is told so with status 200, in German.",
    spares=("auth/brute-force",),
    look=(
        '$ for n in $(seq 8); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 2 HTTP/1.1 200\n"
        "< 6 HTTP/1.1 401\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)
