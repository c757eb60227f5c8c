"""Notifications link to a page of the portal on which it breaks."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/latest", "Something went wrong.", status=500)

    def broken(link: str, errand: Errand) -> str:
        return world.origin() + "/latest" if errand.kind == "notification" else link

    world.mail.links.append(broken)


FAULT = Fault(
    says="Notifications link to a page of the portal on which it breaks.",
    trips=("email/delivery",),
    look=(NOTIFICATION + '$ curl -s -o /dev/null -w "%{http_code}" "$(link nora)"\n< 500'),
    apply=_apply,
)
