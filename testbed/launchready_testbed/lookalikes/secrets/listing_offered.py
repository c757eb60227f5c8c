"""A page leads to the list of a folder, which is there for downloads."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    rows = "".join(
        f'<a href="{name}">{name}</a>   12-Nov-2026 09:14   18234\n'
        for name in ("terms-2025.pdf", "terms-2026.pdf")
    )
    world.page(
        "/assets/",
        f'<html><head><title>Index of /assets/</title></head><body><h1>Index of /assets/</h1><hr><pre><a href="../">../</a>\n{rows}</pre><hr></body></html>',
    )
    world.insert('<a href="/assets/">All our terms</a>', on=("/terms",))


LOOKALIKE = Lookalike(
    says="A page leads to the list of a folder, which is there for downloads.",
    spares=("secrets/exposed-files",),
    look='$ curl -s https://portal.lab.test:{https}/assets/\n< Index of /assets/\n$ curl -s https://portal.lab.test:{https}/terms\n< href="/assets/"',
    apply=_apply,
)
