"""Each page says when it was made, and carries a number of its own."""

from __future__ import annotations

import secrets
import time

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    if not headers.get("content-type", "").startswith("text/html"):
        return status, headers, body
    made = f"<p>Made at {time.time_ns()} as number {secrets.token_hex(8)}</p></body>".encode()
    return status, headers, body.replace(b"</body>", made)


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="Each page says when it was made, and carries a number of its own.",
    spares=("auth/bypass", "auth/logout"),
    look=('$ curl -si "$BED_URL/pricing"\n< Made at\n< as number'),
    apply=_apply,
)
