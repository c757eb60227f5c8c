"""Who fails too often is led to the contact page."""

from __future__ import annotations

from starlette.responses import RedirectResponse

from launchready_testbed.counting import Lock
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import Refusal, by_account
from launchready_testbed.world import World

_AWAY = RedirectResponse("/contact", 303, headers={"cache-control": "no-store"})


def _apply(world: World) -> None:
    world.auth.login_limits = [Lock(6, 15, Refusal(response=_AWAY), by_account)]


LOOKALIKE = Lookalike(
    says="Who fails too often is led to the contact page.",
    spares=("auth/brute-force",),
    look=(
        '$ for n in $(seq 8); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 2 HTTP/1.1 303\n"
        "< 6 HTTP/1.1 401\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
