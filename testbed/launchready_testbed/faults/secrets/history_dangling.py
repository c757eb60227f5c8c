"""A commit with a key was thrown away, and git still has it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import github
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.source.branches[""] = [Commit("Deploy by hand", {"deploy.sh": f"export GITHUB_TOKEN={github()}\n"})]


FAULT = Fault(
    says="A commit with a key was thrown away, and git still has it.",
    trips=("secrets/history",),
    look=(
        "$ cd {source}; for each in $(git fsck --lost-found --no-progress 2>&1 | cut -d' ' -f3); do git show $each; done "
        "| grep -o 'GITHUB_TOKEN=ghp_'\n< GITHUB_TOKEN=ghp_"
    ),
    apply=_apply,
)
