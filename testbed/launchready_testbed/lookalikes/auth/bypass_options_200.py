"""OPTIONS is answered with 200, and so is a request that claims to be one, with nothing in it but the methods."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from launchready_testbed.doors import is_inside
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World

_METHODS = JSONResponse({"methods": ["GET", "HEAD"]}, headers={"allow": "GET, HEAD"})


def _rule(request: Request) -> ASGIApp | None:
    claimed = request.headers.get("x-http-method-override", request.method)
    return _METHODS if claimed == "OPTIONS" and is_inside(request.url.path) else None


def _apply(world: World) -> None:
    world.secure(_rule, (PORTAL,))


LOOKALIKE = Lookalike(
    says="OPTIONS is answered with 200, and so is a request that claims to be one, with nothing in it but the methods.",
    spares=("auth/bypass",),
    look=('$ curl -si -X OPTIONS "$BED_URL/api/v1/invoices"\n< HTTP/1.1 200\n< allow: GET\n< {"methods":'),
    apply=_apply,
)
