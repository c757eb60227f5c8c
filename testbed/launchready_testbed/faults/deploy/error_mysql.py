"""A quote in an id reaches the database, whose words are shown."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.error_screens import on, text
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _quoted(request: Request) -> bool:
    return "'" in request.url.path


def _apply(world: World) -> None:
    world.errors.append(
        on(
            _quoted,
            text(
                "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '''' at line 1"
            ),
            404,
        )
    )


FAULT = Fault(
    says="A quote in an id reaches the database, whose words are shown.",
    trips=("deploy/error-pages",),
    look='$ sign_in nora > nora.out\n$ get nora "/invoices/1%27"\n< You have an error in your SQL syntax',
    apply=_apply,
)
