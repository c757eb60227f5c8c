"""A comment in a style has a background over plain http."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        (
            '<style nonce="{nonce}">/* body { background: '
            "url(http://cdn.example.test/photo.png); } */ p { margin: 1em 0; }</style>"
        ),
        place="head",
    )


LOOKALIKE = Lookalike(
    says="A comment in a style has a background over plain http.",
    spares=("https/mixed-content",),
    look=("$ curl -s https://portal.lab.test:{https}/\n< /* body { background: url(http://"),
    apply=_apply,
)
