"""The log-in page shows a captcha, and the server never asks for its solution."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_limits = []
    world.insert('<div class="h-captcha" data-sitekey="lab"></div>', on=("/login",))


FAULT = Fault(
    says="The log-in page shows a captcha, and the server never asks for its solution.",
    trips=("auth/brute-force",),
    look=(
        "$ get w /login\n"
        "< h-captcha\n"
        '$ for n in $(seq 30); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 30 HTTP/1.1 401\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
