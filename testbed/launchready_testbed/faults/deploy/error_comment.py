"""The friendly page has the trace in a comment."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                '<h1>Sorry</h1><p>We are on it.</p><!--\nTraceback (most recent call last):\n  File "/srv/harbour/views.py", line 12, in show\nKeyError: 7\n-->'
            ),
            404,
        )
    )


FAULT = Fault(
    says="The friendly page has the trace in a comment.",
    trips=("deploy/error-pages",),
    look='$ curl -s https://portal.lab.test:{https}/nothing\n< File "/srv/harbour/views.py", line 12',
    apply=_apply,
)
