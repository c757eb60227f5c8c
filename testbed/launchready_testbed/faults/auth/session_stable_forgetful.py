"""The front end notes in one tab alone that somebody is signed in, so that every further tab asks for the password."""

from __future__ import annotations

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from launchready_testbed.fault import Fault
from launchready_testbed.world import QUAY, World

_PATH = "/static/session.js"


def _answer(request: Request) -> ASGIApp | None:
    if request.url.path != _PATH:
        return None
    script = files("launchready_testbed.quay").joinpath("assets", "session.js").read_text(encoding="utf-8")
    forgetful = script.replace("localStorage", "sessionStorage")
    return Response(forgetful, headers={"content-type": "text/javascript; charset=utf-8"})


def _apply(world: World) -> None:
    world.secure(_answer, (QUAY,))


FAULT = Fault(
    says="The front end notes in one tab alone that somebody is signed in, so that every further tab asks for the password.",
    trips=("auth/session-stable",),
    look=(
        "$ curl -s https://quay.lab.test:{https}/static/session.js | grep -c localStorage\n"
        "< 0\n"
        '$ curl -s https://quay.lab.test:{https}/static/session.js | grep "getItem(HINT)"\n'
        "< sessionStorage.getItem(HINT)"
    ),
    portal="quay",
    apply=_apply,
)
