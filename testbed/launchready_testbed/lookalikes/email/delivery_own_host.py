"""Invitations lead to another host of the company, which sends them on to the portal."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import INVITE
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    async def onward(scope: Scope, receive: Receive, send: Send) -> None:
        await redirect(world.origin() + scope["path"], 302)(scope, receive, send)

    world.host("go.lab.test", onward)
    world.mail.links.append(
        lambda link, errand: (
            link.replace("portal.lab.test", "go.lab.test") if errand.kind == "invite" else link
        )
    )


LOOKALIKE = Lookalike(
    says="Invitations lead to another host of the company, which sends them on to the portal.",
    spares=("email/delivery", "email/consistency"),
    look=(
        INVITE
        + '$ curl -si "$(link nora)" | tr -d "\\r" | grep -i ^location\n< ocation: https://portal.lab.test'
    ),
    apply=_apply,
)
