"""The redirect writes scheme and host in capitals; neither has a case."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World, redirect, target


def _apply(world: World) -> None:
    world.plain(
        lambda request: redirect(f"HTTPS://PORTAL.LAB.TEST:{world.lab.https}{target(request.scope)}", 301),
        (PORTAL,),
    )


LOOKALIKE = Lookalike(
    says="The redirect writes scheme and host in capitals; neither has a case.",
    spares=("https/redirects", "https/redirect-map"),
    look=("$ curl -sI http://portal.lab.test:{http}/help\n< location: HTTPS://PORTAL.LAB.TEST:{https}/help"),
    apply=_apply,
)
