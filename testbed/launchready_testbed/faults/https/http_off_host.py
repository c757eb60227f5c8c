"""The first redirect from plain http leads to another host, so the first host can never set its HSTS."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import CANONICAL, World, redirect, target


def _apply(world: World) -> None:
    world.plain(lambda request: redirect(world.origin() + target(request.scope), 301), CANONICAL)


FAULT = Fault(
    says=(
        "The first redirect from plain http leads to another host, so the first host can never set its HSTS."
    ),
    trips=("https/redirects",),
    look=(
        "$ curl -sI http://www.lab.test:{http}/help\n"
        "< HTTP/1.1 301\n"
        "< location: https://portal.lab.test:{https}/help"
    ),
    apply=_apply,
)
