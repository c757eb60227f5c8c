"""Lines speak of passwords and tokens, and hold none."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.3"] = "".join(
        f"2026-09-01T10:00:00Z WARN {line}\n"
        for line in (
            "Wrong password: 3 attempts left",
            "password: invalid",
            "password reset requested for ada@lab.test",
            "token: expired",
            "Authorization: Bearer token missing",
            'form refused {"password": ["This field is required."], "token_type": "bearer"}',
            "session=renewed csrfmiddlewaretoken=Zx81kdjfhqpwoeirutyalskdjfhgzmxn",
        )
    )


LOOKALIKE = Lookalike(
    says="Lines speak of passwords and tokens, and hold none.",
    spares=("logging/canary", "logging/scan", "logging/auth-events"),
    look="$ grep -c password {logs}/portal.log.3\n< 4",
    apply=_apply,
)
