"""The .env file with the keys of the running portal is in the repository."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import aws, database_url
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    secrets = f"{aws()}\nDATABASE_URL={database_url()}\n"
    world.source.main.append(Commit("Share the settings", {".env": secrets}))


FAULT = Fault(
    says="The .env file with the keys of the running portal is in the repository.",
    trips=("secrets/env-shared", "secrets/history", "secrets/tree"),
    look="$ git -C {source} ls-files .env; cut -d= -f1 {source}/.env\n< .env\n< AWS_SECRET_ACCESS_KEY",
    apply=_apply,
)
