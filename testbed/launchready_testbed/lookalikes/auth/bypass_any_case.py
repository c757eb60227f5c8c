"""The portal takes addresses in any case, with slashes at the end and twice over, and then asks who is there."""

from __future__ import annotations

import re

from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https

_TOKEN = 20
"""No page has so long a name."""


def _apply(world: World) -> None:
    inner = world.hosts[PORTAL].secure

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = re.sub(r"/{2,}", "/", scope["path"].partition(";")[0])
        # The links of mails stay as they are: only the names of pages are taken in any case.
        names = (each if len(each) >= _TOKEN else each.lower() for each in path.split("/"))
        path = "/".join(names).rstrip("/") or "/"
        await inner({**scope, "path": path, "raw_path": path.encode()}, receive, send)

    world.hosts[PORTAL] = Host(secure=app, plain=to_https)


LOOKALIKE = Lookalike(
    says="The portal takes addresses in any case, with slashes at the end and twice over, and then asks who is there.",
    spares=("auth/bypass",),
    look=('$ curl -si "$BED_URL/Invoices/"\n< HTTP/1.1 302\n< location: /login'),
    apply=_apply,
)
