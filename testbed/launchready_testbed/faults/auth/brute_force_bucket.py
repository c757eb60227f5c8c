"""Wrong passwords are limited to six a second, and an attacker can live with that."""

from __future__ import annotations

from launchready_testbed.counting import Bucket
from launchready_testbed.fault import Fault
from launchready_testbed.portal.limits import Refusal, by_ip
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = [Bucket(20, 1 / 6, Refusal(429, "Busy."), by_ip)]


FAULT = Fault(
    says="Wrong passwords are limited to six a second, and an attacker can live with that.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 20); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; sleep .15; done | sort | uniq -c\n'
        "< 20 HTTP/1.1 401\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
