"""The address of a folder is a page that leads to what is in it, and elsewhere."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/assets/",
        '<!doctype html><html><title>Press pictures: index of all</title><nav><a href="/">Harbour</a> <a href="/terms">Terms</a></nav><ul><li><a href="logo.svg">Logo</a><li><a href="harbour.png">Harbour</a></ul></html>',
    )


LOOKALIKE = Lookalike(
    says="The address of a folder is a page that leads to what is in it, and elsewhere.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/assets/\n< Press pictures",
    apply=_apply,
)
