"""Lock files and migrations are full of checksums and identifiers."""

from __future__ import annotations

import base64
import hashlib

from launchready_testbed.fault import Lookalike
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    packages = "".join(
        f'    "node_modules/part-{n}": {{\n      "version": "1.{n}.0",\n      "integrity": "sha512-{_hash(n)}"\n    }},\n'
        for n in range(40)
    )
    revisions = "".join(f'revision = "{hashlib.sha256(bytes([n])).hexdigest()[:12]}"\n' for n in range(20))
    files = {
        "package-lock.json": '{\n  "packages": {\n' + packages + "  }\n}\n",
        "migrations/list.py": revisions,
    }
    world.source.main.append(Commit("Pin what is installed", files))


def _hash(number: int) -> str:
    return base64.b64encode(hashlib.sha512(bytes([number])).digest()).decode()


LOOKALIKE = Lookalike(
    says="Lock files and migrations are full of checksums and identifiers.",
    spares=("secrets/env-shared", "secrets/history", "secrets/tree"),
    look="$ grep -c sha512- {source}/package-lock.json; head -1 {source}/migrations/list.py\n< 40\n< revision =",
    apply=_apply,
)
