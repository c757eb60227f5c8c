"""The head names a profile and a licence by plain http addresses, which no browser loads."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        (
            '<link rel="profile" href="http://gmpg.org/xfn/11"><link rel="license" '
            'href="http://creativecommons.org/licenses/by/4.0/"><link rel="dns-prefetch" '
            'href="http://cdn.example.test">'
        ),
        place="head",
    )


LOOKALIKE = Lookalike(
    says=("The head names a profile and a licence by plain http addresses, which no browser loads."),
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< rel="profile" href="http://'),
    apply=_apply,
)
