"""Following a link can do harm to somebody who is signed in."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.hostile import Hostile
from launchready_testbed.world import World


def _apply(world: World) -> None:
    Hostile(world)


LOOKALIKE = Lookalike(
    says="Links sign out, delete, approve and mail by GET; sessions end early; the log-in page is answered with 200.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=(
        "$ get mira /tickets\n"
        '$ submit mira /sign-in /sign-in --data-urlencode "user@{secrets}/mira.username" --data-urlencode "password@{secrets}/mira.password"\n'
        "$ get mira /tickets/1\n"
        "$ get mira /tickets/1/close\n"
        "$ get mira /launchready-lab/book\n"
        '< 200 \n< type="password"\n< 303 \n< Delete ticket 1\n< {"changes":["GET /tickets/1/close"]'
    ),
    apply=_apply,
)
