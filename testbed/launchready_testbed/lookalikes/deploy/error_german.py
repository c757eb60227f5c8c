"""The clean page is in another language."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Seite nicht gefunden</h1><p>Der Vorgang konnte nicht ausgeführt werden. Zeile 12 Ihrer Eingabe passt nicht.</p>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page is in another language.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Seite nicht gefunden",
    apply=_apply,
)
