"""A keyed digest of each session is written, by which its lines can be found."""

from __future__ import annotations

import hmac

from launchready_testbed.fault import Lookalike
from launchready_testbed.leaking import debug, on_header
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_header(
        world,
        "cookie",
        lambda value: debug(session=hmac.new(b"of this run", value.encode(), "sha256").hexdigest()),
    )


LOOKALIKE = Lookalike(
    says="A keyed digest of each session is written, by which its lines can be found.",
    spares=("logging/canary", "logging/scan", "logging/auth-events"),
    look="$ sign_in nora > /dev/null\n$ get nora /dashboard > /dev/null\n$ grep -c '\"session\": *\"[0-9a-f]*\"' {logs}/portal.log | sed 's/^[1-9].*/some/'\n< some",
    apply=_apply,
)
