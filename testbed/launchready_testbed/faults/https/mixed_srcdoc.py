"""A frame written inside the page shows an image over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<iframe title="Frame" srcdoc="&lt;img '
        "src=&quot;http://assets.lab.test:{http}/photo.png&quot; "
        'alt=&quot;&quot;&gt;"></iframe>'
    )


FAULT = Fault(
    says="A frame written inside the page shows an image over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        "< http://assets.lab.test:{http}/photo.png\n"
        "% / MixedContentAutomaticallyUpgraded http://assets.lab.test:{http}/photo.png"
    ),
    apply=_apply,
)
