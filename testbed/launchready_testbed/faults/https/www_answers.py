"""The www host, declared to lead to the portal, serves a page of its own."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.declared_redirects.append((world.origin("www.lab.test") + "/", world.origin() + "/"))
    world.host("www.lab.test", secure=world.document("<!doctype html><html lang=en><title>It works</title>"))


FAULT = Fault(
    says="The www host, declared to lead to the portal, serves a page of its own.",
    trips=("https/redirect-map",),
    look=("$ curl -si https://www.lab.test:{https}/\n< HTTP/1.1 200 OK\n< <title>It works</title>"),
    apply=_apply,
)
