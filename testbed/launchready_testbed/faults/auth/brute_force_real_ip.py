"""Failures are counted by the address that X-Real-IP claims."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.portal.limits import Attempt, SlidingLimit
from launchready_testbed.world import World


def _claimed(attempt: Attempt) -> str:
    return attempt.request.headers.get("x-real-ip", attempt.ip)


def _apply(world: World) -> None:
    world.auth.login_limits = [SlidingLimit(18, 60, _claimed)]


FAULT = Fault(
    says="Failures are counted by the address that X-Real-IP claims.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 25); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n -H "x-real-ip: 192.88.99.$n" | head -n 1; done | sort | uniq -c\n'
        "< 25 HTTP/1.1 401\n"
        '$ for n in $(seq 19); do submit v$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 18 HTTP/1.1 401\n"
        "< 1 HTTP/1.1 429"
    ),
    apply=_apply,
)
