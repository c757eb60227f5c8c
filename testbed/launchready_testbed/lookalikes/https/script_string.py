"""A script holds plain http addresses that it never loads."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        '<script nonce="{nonce}">const names = { svg: "http://www.w3.org/2000/svg", '
        'docs: "http://docs.example.test/" }; document.body.dataset.names = '
        "Object.keys(names).join();</script>"
    )


LOOKALIKE = Lookalike(
    says="A script holds plain http addresses that it never loads.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< svg: "http://www.w3.org'),
    apply=_apply,
)
