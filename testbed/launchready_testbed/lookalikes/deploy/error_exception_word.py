"""The clean page says in words that this is an exception."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>An exception</h1><p>Our offices are closed today, with the exception of the quay. TypeError is not a word we use.</p>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page says in words that this is an exception.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< with the exception of",
    apply=_apply,
)
