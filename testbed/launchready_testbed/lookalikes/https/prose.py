"""A page writes about plain http in its text."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        (
            '<p>Never write &lt;script src="http://cdn.example.test/app.js"&gt; in a '
            'page.</p><pre>&lt;img src="http://cdn.example.test/a.png"&gt;</pre>'
        ),
        on=("/help/keeping-data-safe",),
    )


LOOKALIKE = Lookalike(
    says="A page writes about plain http in its text.",
    spares=("https/mixed-content",),
    look=("$ curl -s https://portal.lab.test:{https}/help/keeping-data-safe\n< Never write"),
    apply=_apply,
)
