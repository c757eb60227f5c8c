"""A page that the first page leads to is broken and shows a trace."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from launchready_testbed.error_screens import SPRING
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _broken(request: Request) -> ASGIApp | None:
    return JSONResponse(SPRING, 500) if request.url.path == "/opening-hours" else None


def _apply(world: World) -> None:
    world.insert('<a href="/opening-hours">Opening hours</a>', on=("/",))
    world.rule(_broken)


FAULT = Fault(
    says="A page that the first page leads to is broken and shows a trace.",
    trips=("deploy/error-pages",),
    look='$ curl -s "https://portal.lab.test:{https}/opening-hours"\n< java.lang',
    apply=_apply,
)
