"""A failure makes the next answer late by a second, but any number may wait at once."""

from __future__ import annotations

from launchready_testbed.counting import Delay
from launchready_testbed.fault import Fault
from launchready_testbed.portal.limits import by_account
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = [Delay(0.9, 1, 0.9, by_account, one_by_one=False)]


FAULT = Fault(
    says="A failure makes the next answer late by a second, but any number may wait at once.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 20); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1 & done; wait\n'
        "< HTTP/1.1 401\n"
        "$ [ $SECONDS -lt 15 ] && echo at once\n"
        "< at once\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
