"""Only a method that nobody knows is answered by the framework itself."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.error_screens import on, text
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _odd(request: Request) -> bool:
    return request.method not in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _apply(world: World) -> None:
    world.errors.append(
        on(
            _odd,
            text(
                "express deprecated: no handler\n    at Route.dispatch (/usr/src/app/node_modules/express/lib/router/route.js:114:3)",
                501,
            ),
        )
    )


FAULT = Fault(
    says="Only a method that nobody knows is answered by the framework itself.",
    trips=("deploy/error-pages",),
    look="$ curl -s -X PROPFIND https://portal.lab.test:{https}/nothing\n< route.js:114:3",
    apply=_apply,
)
