"""A page embeds a file over plain http, and its policy lets plug-ins come from anywhere."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    del world.csp["object-src"]
    world.insert('<embed src="http://cdn.example.test/plan.svg" type="image/svg+xml">')


FAULT = Fault(
    says=("A page embeds a file over plain http, and its policy lets plug-ins come from anywhere."),
    trips=("https/headers", "https/mixed-content"),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://cdn.example.test/plan.svg\n"
        "% / MixedContentBlocked http://cdn.example.test/plan.svg"
    ),
    apply=_apply,
)
