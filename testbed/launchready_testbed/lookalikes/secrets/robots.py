"""A list for crawlers names files and folders that do not exist, to see who looks."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/robots.txt",
        "User-agent: *\nDisallow: /.env\nDisallow: /backup.sql\nDisallow: /.git/\n",
        "text/plain; charset=utf-8",
    )


LOOKALIKE = Lookalike(
    says="A list for crawlers names files and folders that do not exist, to see who looks.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/robots.txt\n< /backup.sql\n$ curl -s -o /dev/null -w '%{http_code}' https://portal.lab.test:{https}/backup.sql\n< 404",
    apply=_apply,
)
