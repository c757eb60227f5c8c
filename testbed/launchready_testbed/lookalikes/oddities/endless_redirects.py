"""A page redirects to the next one of its kind, on the same host, without end and without a loop."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World, redirect


def _step(request: Request) -> ASGIApp | None:
    head, _, number = request.url.path.rpartition("/")
    if head != "/step" or not number.isdigit() or len(number) > 9:
        return None
    return redirect(f"/step/{int(number) + 1}", 302)


def _apply(world: World) -> None:
    world.secure(_step, (PORTAL,))
    world.insert('<a href="/step/1">Tour</a>')


LOOKALIKE = Lookalike(
    says=("A page redirects to the next one of its kind, on the same host, without end and without a loop."),
    spares=(
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=(
        "$ curl -sIL --max-redirs 9 -w '%{num_redirects} redirects, error %{exitcode}' "
        "https://portal.lab.test:{https}/step/1\n"
        "< location: /step/2\n"
        "< 9 redirects, error 47"
    ),
    apply=_apply,
)
