"""An answer comes one letter a second for a minute."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

_LETTERS = 60


async def _drip() -> AsyncIterator[bytes]:
    for _ in range(_LETTERS):
        yield b"."
        await asyncio.sleep(1)


def _apply(world: World) -> None:
    world.secure(
        lambda request: (
            StreamingResponse(_drip(), media_type="text/plain") if request.url.path == "/drip" else None
        )
    )
    world.insert('<a href="/drip">Live log</a>')


LOOKALIKE = Lookalike(
    says="An answer comes one letter a second for a minute.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=(
        "$ curl -s -m 3 -w '\\n%{http_code} error %{exitcode}' https://portal.lab.test:{https}/drip\n"
        "< 200 error 28"
    ),
    apply=_apply,
)
