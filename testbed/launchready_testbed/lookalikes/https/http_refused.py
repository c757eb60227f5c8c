"""Plain http refuses everything with 403."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.plain(lambda _request: PlainTextResponse("https only\n", 403))


LOOKALIKE = Lookalike(
    says="Plain http refuses everything with 403.",
    spares=("https/redirects", "https/redirect-map"),
    look=("$ curl -si http://portal.lab.test:{http}/help\n< HTTP/1.1 403\n< https only"),
    apply=_apply,
)
