"""The names of the fields that were sent are written, and how long each was."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.leaking import TYPE, debug, fields, on_body
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_body(
        world,
        lambda hit: debug(
            fields=sorted(fields(hit)), lengths={name: len(value) for name, value in fields(hit).items()}
        ),
    )


LOOKALIKE = Lookalike(
    says="The names of the fields that were sent are written, and how long each was.",
    spares=("logging/canary", "logging/scan", "logging/auth-events"),
    look=TYPE + '$ grep -c \'"fields": .*"password"\' {logs}/portal.log\n< 1',
    apply=_apply,
)
