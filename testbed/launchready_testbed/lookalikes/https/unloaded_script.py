"""A script of an unknown type is only data, wherever its address leads."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import NONCE_CSP, World


def _apply(world: World) -> None:
    world.csp = dict(NONCE_CSP)
    world.insert(
        '<script type="text/x-template"><img src="http://cdn.example.test/photo.png" alt=""></script>'
    )


LOOKALIKE = Lookalike(
    says="A script of an unknown type is only data, wherever its address leads.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< type="text/x-template"'),
    apply=_apply,
)
