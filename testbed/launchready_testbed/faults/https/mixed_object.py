"""A page embeds a document over plain http, and its policy lets plug-ins come from anywhere."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    del world.csp["object-src"]
    world.insert('<object data="http://assets.lab.test:{http}/frame.html"></object>')


FAULT = Fault(
    says=("A page embeds a document over plain http, and its policy lets plug-ins come from anywhere."),
    trips=("https/headers", "https/mixed-content"),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://assets.lab.test:{http}/frame.html\n"
        "% / MixedContentBlocked http://assets.lab.test:{http}/frame.html"
    ),
    apply=_apply,
)
