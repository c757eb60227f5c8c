"""After eight failures wrong passwords are answered with 429, and the right one is still taken."""

from __future__ import annotations

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = []
    failures: dict[str, int] = {}

    def refuse(given: Given) -> None:
        failures[given.account] = failures.get(given.account, 0) + 1
        if failures[given.account] > 8:
            given.status = 429

    on_wrong_password(world, refuse)


FAULT = Fault(
    says="After eight failures wrong passwords are answered with 429, and the right one is still taken.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 10); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 8 HTTP/1.1 401\n"
        "< 2 HTTP/1.1 429\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
