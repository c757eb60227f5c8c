"""Whatever is not there is answered with a friendly page and 200."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    is_page = headers.get("content-type", "").startswith("text/html")
    return 200 if status == 404 and is_page else status, headers, body


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="Whatever is not there is answered with a friendly page and 200.",
    spares=("auth/bypass",),
    look=('$ curl -si "$BED_URL/no-such-page"\n< HTTP/1.1 200\n< There is no such page'),
    apply=_apply,
)
