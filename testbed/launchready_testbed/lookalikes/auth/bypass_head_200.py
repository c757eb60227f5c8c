"""HEAD is answered with 200 and no body everywhere, before anybody is asked who is there."""

from __future__ import annotations

from starlette.responses import Response

from launchready_testbed.doors import is_inside
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World

_NOTHING = Response(status_code=200, headers={"content-type": "text/html; charset=utf-8"})


def _apply(world: World) -> None:
    world.secure(
        lambda request: _NOTHING if request.method == "HEAD" and is_inside(request.url.path) else None,
        (PORTAL,),
    )


LOOKALIKE = Lookalike(
    says="HEAD is answered with 200 and no body everywhere, before anybody is asked who is there.",
    spares=("auth/bypass",),
    look=('$ curl -sI "$BED_URL/invoices"\n< HTTP/1.1 200'),
    apply=_apply,
)
