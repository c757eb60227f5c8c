"""The first page and the page for what is not there both show a piece of a help article about tracebacks."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    excerpt = "<pre>Traceback (most recent call last):\n  File &quot;/home/you/report.py&quot;, line 3, in &lt;module&gt;</pre>"
    world.insert(excerpt, on=("/",))
    world.errors.append(
        on(always, html_page(f"<h1>There is no such page</h1><p>Often read:</p>{excerpt}", 404), 404)
    )


LOOKALIKE = Lookalike(
    says="The first page and the page for what is not there both show a piece of a help article about tracebacks.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< line 3, in",
    apply=_apply,
)
