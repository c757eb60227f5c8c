"""Failures are counted by the address that X-Forwarded-For claims."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.trusts_forwarded_for = True


FAULT = Fault(
    says="Failures are counted by the address that X-Forwarded-For claims.",
    trips=("auth/brute-force",),
    look=(
        '$ for n in $(seq 25); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n -H "x-forwarded-for: 192.88.99.$n" | head -n 1; done | sort | uniq -c\n'
        "< 25 HTTP/1.1 401\n"
        '$ for n in $(seq 11); do submit v$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 10 HTTP/1.1 401\n"
        "< 1 HTTP/1.1 429"
    ),
    apply=_apply,
)
