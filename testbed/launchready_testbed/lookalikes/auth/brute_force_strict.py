"""Three failures lock a name for a while, whether somebody has it or not."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import Refusal, by_account
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = [Lock(3, 15, Refusal(423, "Locked."), by_account)]


LOOKALIKE = Lookalike(
    says="Three failures lock a name for a while, whether somebody has it or not.",
    spares=("auth/brute-force", "auth/enumeration"),
    look=(
        '$ for n in $(seq 5); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 3 HTTP/1.1 401\n"
        "< 2 HTTP/1.1 423\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 423"
    ),
    apply=_apply,
)
