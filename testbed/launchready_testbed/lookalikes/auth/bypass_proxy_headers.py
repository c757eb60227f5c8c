"""The portal notes what X-Forwarded-For and X-Forwarded-User say, and lets nobody in for it."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    seen = request.headers.get("x-forwarded-for", "somewhere")
    return status, {**headers, "x-seen-from": seen if seen.isascii() else "somewhere"}, body


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="The portal notes what X-Forwarded-For and X-Forwarded-User say, and lets nobody in for it.",
    spares=("auth/bypass",),
    look=(
        "$ curl -si -H 'X-Forwarded-For: 127.0.0.1' -H 'X-Forwarded-User: sam@lab.test' \"$BED_URL/api/v1/invoices\"\n"
        "< HTTP/1.1 401\n"
        "< x-seen-from: 127.0.0.1"
    ),
    apply=_apply,
)
