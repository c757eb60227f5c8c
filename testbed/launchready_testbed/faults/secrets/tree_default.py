"""A key stands in the code as a default."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import slack
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    code = f'import os\n\nTOKEN = os.environ.get("SLACK_TOKEN", "{slack()}")\n'
    world.source.main.append(Commit("Tell the team on Slack", {"portal/alerts.py": code}))


FAULT = Fault(
    says="A key stands in the code as a default.",
    trips=("secrets/history", "secrets/tree"),
    look="$ grep -o 'SLACK_TOKEN., .xoxb-' {source}/portal/alerts.py\n< xoxb-",
    apply=_apply,
)
