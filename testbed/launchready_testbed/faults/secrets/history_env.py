"""A .env file was committed and deleted since."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import database_url, stripe
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    secrets = f"DATABASE_URL={database_url()}\nSTRIPE_SECRET_KEY={stripe('env')}\n"
    world.source.main += [
        Commit("Deploy", {"deploy/.env.production": secrets}, "Ben Example"),
        Commit("Remove .env.production", {"deploy/.env.production": None}),
    ]


FAULT = Fault(
    says="A .env file was committed and deleted since.",
    trips=("secrets/env-shared", "secrets/history"),
    look=(
        "$ ls -A {source}; git -C {source} log --all --name-status --format= -- deploy/.env.production\n"
        "< .env.example\n< D\tdeploy/.env.production\n< A\tdeploy/.env.production"
    ),
    apply=_apply,
)
