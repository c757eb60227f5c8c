"""The interface answers strangers with 200 and an error in the body."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Host, World, to_https


def _change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
    return 200 if status == 401 else status, headers, body


def _apply(world: World) -> None:
    world.hosts[PORTAL] = Host(secure=rewritten(world.hosts[PORTAL].secure, _change), plain=to_https)


LOOKALIKE = Lookalike(
    says="The interface answers strangers with 200 and an error in the body.",
    spares=("auth/bypass",),
    look=('$ curl -si "$BED_URL/api/v1/invoices"\n< HTTP/1.1 200\n< Sign in first'),
    apply=_apply,
)
