"""The old domain leads to somebody else's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import OLD_PORTAL, World, redirect


def _apply(world: World) -> None:
    world.host(
        "www.partner.test",
        secure=world.document("<!doctype html><html lang=en><title>Partner</title>"),
        declare=False,
    )
    world.host(OLD_PORTAL, secure=redirect(world.origin("www.partner.test") + "/", 301), declare=False)


FAULT = Fault(
    says="The old domain leads to somebody else's.",
    trips=("https/redirect-map",),
    look=(
        "$ curl -sI https://old-portal.test:{https}/\n"
        "< HTTP/1.1 301\n"
        "< location: https://www.partner.test:{https}/"
    ),
    apply=_apply,
)
