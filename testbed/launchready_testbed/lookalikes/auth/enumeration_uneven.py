"""Answers take up to a fifth of a second longer, by chance, for everybody."""

from __future__ import annotations

import asyncio
import random

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.limits import Attempt, Refusal, sound_limits
from launchready_testbed.world import World


class _Uneven:
    """Waits."""

    async def before(self, attempt: Attempt) -> Refusal | None:
        """A while."""
        await asyncio.sleep(0.05 + random.random() * 0.15)  # noqa: S311 -- no secret
        return None

    def after(self, attempt: Attempt, *, right: bool) -> None:
        """Does nothing."""


def _apply(world: World) -> None:
    world.auth.login_limits = [_Uneven(), *sound_limits()]


LOOKALIKE = Lookalike(
    says="Answers take up to a fifth of a second longer, by chance, for everybody.",
    spares=("auth/enumeration",),
    look=(
        "$ for n in 1 2 3 4 5 6; do submit u$n /login /login -d email=nobody-here@northwind.test -d password=wrong "
        """-o /dev/null -w "%{time_total}\\n"; done | awk '{ all += $1 } END { print (all / NR > .1) ? "late" : "soon" }'\n"""
        "< late"
    ),
    apply=_apply,
)
