"""A page links to a file that does not end: ten gigabytes if somebody waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

_FILE = {"content-type": "application/octet-stream", "content-disposition": "attachment"}
_BLOCK, _BLOCKS = bytes(65536), 160_000


async def _blocks() -> AsyncIterator[bytes]:
    for _ in range(_BLOCKS):
        yield _BLOCK
        # Sending never waits while the buffer has room; without this nobody else would be served.
        await asyncio.sleep(0)


def _apply(world: World) -> None:
    world.secure(
        lambda request: (
            StreamingResponse(_blocks(), headers=_FILE) if request.url.path == "/backup.bin" else None
        )
    )
    world.insert('<a href="/backup.bin">Everything</a>')


LOOKALIKE = Lookalike(
    says="A page links to a file that does not end: ten gigabytes if somebody waits.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -s https://portal.lab.test:{https}/backup.bin | head -c 100000000 | wc -c\n< 100000000"),
    apply=_apply,
)
