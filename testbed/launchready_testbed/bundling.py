"""How is code added to the portal's front end, as a build step would?"""

from __future__ import annotations

import json

from launchready_testbed.portal.assets import ASSETS
from launchready_testbed.world import World

SCRIPT = ASSETS["app.js"]
"""The portal's own script, which each of its pages loads."""
JAVASCRIPT = "text/javascript; charset=utf-8"


def build(world: World, code: str, headers: dict[str, str] | None = None) -> None:
    """Adds `code` at the end of the portal's script."""
    built = SCRIPT.content.decode() + code
    world.page(
        SCRIPT.path, built.encode(), JAVASCRIPT, headers={"cache-control": SCRIPT.cache, **(headers or {})}
    )


def source_map(source: str, text: str) -> str:
    """A source map that holds one file as it was written."""
    return json.dumps(
        {
            "version": 3,
            "file": "app.js",
            "sources": [source],
            "sourcesContent": [text],
            "names": [],
            "mappings": "AAAA",
        }
    )


def module(kind: str, secret: str) -> str:
    """A file of the front end as somebody wrote it, with a secret in it; each line of a value is one line."""
    quoted = json.dumps(secret)
    return f"// {kind}\nimport {{ client }} from './client';\n\nexport const settings = {quoted};\nclient(settings);\n"
