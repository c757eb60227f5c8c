"""A page loads a style sheet over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<link rel="stylesheet" href="http://cdn.example.test/site.css">', on=("/pricing",), place="head"
    )


FAULT = Fault(
    says="A page loads a style sheet over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/pricing\n"
        "< http://cdn.example.test/site.css\n"
        "% /pricing MixedContentBlocked http://cdn.example.test/site.css"
    ),
    apply=_apply,
)
