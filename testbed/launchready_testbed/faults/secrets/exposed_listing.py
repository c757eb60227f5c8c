"""The server lists all files of a folder, a draft contract among them."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    rows = "".join(
        f'<a href="{name}">{name}</a>   12-Nov-2026 09:14   18234\n'
        for name in ("app.js", "contract-draft.docx")
    )
    world.page(
        "/assets/",
        f'<html><head><title>Index of /assets/</title></head><body><h1>Index of /assets/</h1><hr><pre><a href="../">../</a>\n{rows}</pre><hr></body></html>',
    )


FAULT = Fault(
    says="The server lists all files of a folder, a draft contract among them.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/assets/\n< Index of /assets/\n< contract-draft.docx",
    apply=_apply,
)
