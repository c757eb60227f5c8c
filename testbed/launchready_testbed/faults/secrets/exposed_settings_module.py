"""The settings of the application are served as they were written."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/settings.py",
        "import os\nfrom pathlib import Path\n\nDEBUG = False\nDATABASES = {'default': {'NAME': 'portal'}}\n",
        "text/x-python",
    )


FAULT = Fault(
    says="The settings of the application are served as they were written.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/settings.py\n< DATABASES",
    apply=_apply,
)
