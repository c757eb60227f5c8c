"""Samples, tests and documentation name keys and hold placeholders."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.source.main.append(
        Commit(
            "Tell how to set it up",
            {
                "docs/setup.md": "Set `STRIPE_SECRET_KEY=sk_live_...` and `AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE`.\n",
                "config/.env.sample": "API_KEY=your-api-key\nSECRET_KEY=changeme\nDB_PASSWORD=${DB_PASSWORD}\n",
                "tests/test_login.py": 'PASSWORD = "wrong password"\n\n\ndef test_refused(client):\n    client.login(PASSWORD)\n',
            },
        )
    )


LOOKALIKE = Lookalike(
    says="Samples, tests and documentation name keys and hold placeholders.",
    spares=("secrets/env-shared", "secrets/history", "secrets/tree"),
    look="$ git -C {source} show --stat HEAD; cat {source}/config/.env.sample\n< docs/setup.md\n< SECRET_KEY=changeme",
    apply=_apply,
)
