"""Plain http redirects the pages that exist, but serves the error page of one that does not."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.insert('<a href="/help/old-article">An older article</a>')
    world.plain(
        lambda request: world.lab.portal if request.url.path == "/help/old-article" else None, (PORTAL,)
    )


FAULT = Fault(
    says=("Plain http redirects the pages that exist, but serves the error page of one that does not."),
    trips=("https/redirects",),
    look=(
        "$ curl -si http://portal.lab.test:{http}/help/old-article\n< HTTP/1.1 404\n< There is no such page."
    ),
    apply=_apply,
)
