"""Thirty failures a minute, by whomever, and nobody may try."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import SlidingLimit, by_nothing
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = [SlidingLimit(30, 60, by_nothing)]


LOOKALIKE = Lookalike(
    says="Thirty failures a minute, by whomever, and nobody may try.",
    spares=("auth/brute-force",),
    look=(
        '$ for n in $(seq 31); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 30 HTTP/1.1 401\n"
        "< 1 HTTP/1.1 429\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 429"
    ),
    apply=_apply,
)
