"""Lines are full of ids, digests and numbers."""

from __future__ import annotations

import hashlib
import uuid

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.3"] = "".join(
        f"2026-09-01T10:00:{n:02d}Z INFO request_id={uuid.UUID(int=n**9)} etag={hashlib.sha256(bytes([n])).hexdigest()}"
        f" session_id={uuid.UUID(int=n**8)} took={1_790_000_000_000_000 + n} order={4_000_000_000_000_000 + n} token_count={n}\n"
        for n in range(60)
    )


LOOKALIKE = Lookalike(
    says="Lines are full of ids, digests and numbers.",
    spares=("logging/canary", "logging/scan", "logging/auth-events"),
    look="$ grep -c session_id= {logs}/portal.log.3\n< 60",
    apply=_apply,
)
