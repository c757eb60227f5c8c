"""Answers take up to a fifth of a second longer, by chance, for everybody."""

from __future__ import annotations

import asyncio
import random

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import Attempt, Refusal, sound_limits
from launchready_testbed.world import Seen, World


class _Uneven:
    """Waits."""

    async def before(self, attempt: Attempt) -> Refusal | None:
        """A while."""
        await asyncio.sleep(0.05 + random.random() * 0.15)  # noqa: S311 -- no secret
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Does nothing."""


def _say(seen: Seen, headers: MutableHeaders) -> None:
    if seen.method == "POST":
        headers["server-timing"] = "queue"


def _apply(world: World) -> None:
    world.auth.login_limits = [_Uneven(), *sound_limits()]
    world.edit(_say)


LOOKALIKE = Lookalike(
    says="Answers take up to a fifth of a second longer, by chance, for everybody.",
    spares=("auth/enumeration",),
    look=(
        "$ submit u /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< HTTP/1.1 401\n"
        "< server-timing: queue"
    ),
    apply=_apply,
)
