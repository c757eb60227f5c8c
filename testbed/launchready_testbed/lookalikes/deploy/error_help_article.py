"""A help article shows what a traceback looks like; nothing went wrong."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/help/reading-errors",
        "<h1>Reading errors</h1><pre>Traceback (most recent call last):\n  File &quot;/home/you/report.py&quot;, line 3, in &lt;module&gt;</pre>",
    )
    world.insert('<a href="/help/reading-errors">Reading errors</a>', on=("/",))


LOOKALIKE = Lookalike(
    says="A help article shows what a traceback looks like; nothing went wrong.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/help/reading-errors\n< Traceback (most recent call last):",
    apply=_apply,
)
