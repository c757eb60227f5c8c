"""The clean page has a reference number and the time."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Sorry</h1><p>Reference 3e1f7a52-0c1b-4f5e-9a55-2f1f0b6f9f11, 2026-11-24T09:12:31Z</p>"
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page has a reference number and the time.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Reference 3e1f7a52",
    apply=_apply,
)
