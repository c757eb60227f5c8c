"""A page on https redirects to plain http, which leads back to https."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    world.pages["/status"] = redirect(world.origin(scheme="http") + "/status/now", 302)
    world.page("/status/now", "<!doctype html><html lang=en><title>Status</title><p>All systems work.</p>")


FAULT = Fault(
    says="A page on https redirects to plain http, which leads back to https.",
    trips=("https/redirects",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/status\n"
        "< HTTP/1.1 302\n"
        "< location: http://portal.lab.test:{http}/status/now"
    ),
    apply=_apply,
)
