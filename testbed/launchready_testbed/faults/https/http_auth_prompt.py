"""Plain http asks for a password instead of redirecting."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.plain(
        lambda _request: PlainTextResponse(
            "Who are you?\n", 401, {"www-authenticate": 'Basic realm="Harbour"'}
        )
    )


FAULT = Fault(
    says="Plain http asks for a password instead of redirecting.",
    trips=("https/redirects",),
    look=(
        "$ curl -sI http://portal.lab.test:{http}/help\n"
        "< HTTP/1.1 401\n"
        '< www-authenticate: Basic realm="Harbour"'
    ),
    apply=_apply,
)
