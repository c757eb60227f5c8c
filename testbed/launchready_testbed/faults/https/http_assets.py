"""Scripts and styles are served over plain http; pages redirect."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.plain(
        lambda request: world.lab.portal if request.url.path.startswith("/assets/") else None, (PORTAL,)
    )


FAULT = Fault(
    says="Scripts and styles are served over plain http; pages redirect.",
    trips=("https/redirects",),
    look=(
        "$ curl -sI http://portal.lab.test:{http}$(curl -s https://portal.lab.test:{https}/ | grep -o "
        "'/assets/app[.][0-9a-f]*[.]js')\n"
        "< HTTP/1.1 200 OK\n"
        "< content-type: text/javascript"
    ),
    apply=_apply,
)
