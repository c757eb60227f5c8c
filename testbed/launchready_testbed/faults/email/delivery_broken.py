"""Notifications link to a page that is gone."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import NOTIFICATION
from launchready_testbed.mail.sending import Errand
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def gone(link: str, errand: Errand) -> str:
        return world.origin() + "/news/latest" if errand.kind == "notification" else link

    world.mail.links.append(gone)


FAULT = Fault(
    says="Notifications link to a page that is gone.",
    trips=("email/delivery",),
    look=(NOTIFICATION + '$ curl -s -o /dev/null -w "%{http_code}" "$(link nora)"\n< 404'),
    apply=_apply,
)
