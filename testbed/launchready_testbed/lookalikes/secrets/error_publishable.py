"""The clean page reports to an error tracker by an address that is public by design."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.secret_shapes import sentry_dsn
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(always, html_page(f'<h1>Sorry</h1><div data-dsn="{sentry_dsn()}"></div>', 404), 404)
    )


LOOKALIKE = Lookalike(
    says="The clean page reports to an error tracker by an address that is public by design.",
    spares=("secrets/error-pages", "deploy/error-pages"),
    look='$ curl -s https://portal.lab.test:{https}/nothing\n< data-dsn="https://',
    apply=_apply,
)
