"""After six failures of a name a question has to be answered with the password."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from launchready_testbed.counting import Lock
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import Refusal, by_account
from launchready_testbed.world import World

_ASKS = HTMLResponse(
    '<!doctype html><html lang="en"><title>Log in</title><h1>Log in</h1><form method="post" action="/login">'
    '<label>Your address <input type="email" name="email"></label>'
    '<label>Your password <input type="password" name="password"></label>'
    '<label>The word in our last letter <input name="word"></label><button>Log in</button></form></html>',
    headers={"cache-control": "no-store"},
)


def _apply(world: World) -> None:
    world.auth.login_limits = [Lock(6, 15, Refusal(response=_ASKS), by_account)]


LOOKALIKE = Lookalike(
    says="After six failures of a name a question has to be answered with the password.",
    spares=("auth/brute-force",),
    look=(
        '$ for n in $(seq 8); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 2 HTTP/1.1 200\n"
        "< 6 HTTP/1.1 401\n"
        "$ give_password nora | head -n 1\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)
