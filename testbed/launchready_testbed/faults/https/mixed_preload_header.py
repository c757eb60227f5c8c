"""A header asks browsers to load a script over plain http in advance."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    value = world.fill("<http://assets.lab.test:{http}/app.js>; rel=preload; as=script")
    world.edit(lambda seen, headers: headers.update({"link": value} if seen.path == "/" else {}))


FAULT = Fault(
    says="A header asks browsers to load a script over plain http in advance.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< link: <http://assets.lab.test:{http}/app.js>; rel=preload; as=script\n"
        "% / MixedContentBlocked http://assets.lab.test:{http}/app.js"
    ),
    apply=_apply,
)
