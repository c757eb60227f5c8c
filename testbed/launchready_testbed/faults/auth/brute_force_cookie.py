"""Failures are counted for the browser's cookie, and whoever drops it starts anew."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.portal.limits import Attempt, SlidingLimit
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import World


def _by_cookie(attempt: Attempt) -> str:
    return attempt.request.cookies.get(COOKIE, "")


def _apply(world: World) -> None:
    world.auth.login_limits = [SlidingLimit(5, 60, _by_cookie)]


FAULT = Fault(
    says="Failures are counted for the browser's cookie, and whoever drops it starts anew.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 30); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 30 HTTP/1.1 401\n"
        '$ for n in $(seq 6); do submit v /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 5 HTTP/1.1 401\n"
        "< 1 HTTP/1.1 429"
    ),
    apply=_apply,
)
