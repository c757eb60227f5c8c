"""A dump of the database lies where robots.txt asks that nobody looks."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/robots.txt", "User-agent: *\nDisallow: /old/export-2026.sql\n", "text/plain; charset=utf-8")
    world.page(
        "/old/export-2026.sql",
        "CREATE TABLE clients (id int);\nINSERT INTO clients VALUES (1);\n",
        "application/sql",
    )


FAULT = Fault(
    says="A dump of the database lies where robots.txt asks that nobody looks.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/robots.txt\n< /old/export-2026.sql\n$ curl -s https://portal.lab.test:{https}/old/export-2026.sql\n< CREATE TABLE",
    apply=_apply,
)
