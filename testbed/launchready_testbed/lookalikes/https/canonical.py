"""The canonical address of a page is written with plain http; nothing is loaded from it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        (
            '<link rel="canonical" href="http://portal.lab.test/pricing"><link '
            'rel="alternate" hreflang="de" href="http://portal.lab.test/preise"><meta '
            'property="og:url" content="http://portal.lab.test/pricing">'
        ),
        on=("/pricing",),
        place="head",
    )


LOOKALIKE = Lookalike(
    says=("The canonical address of a page is written with plain http; nothing is loaded from it."),
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/pricing\n< rel="canonical" href="http://'),
    apply=_apply,
)
