"""An archive of the whole site can be downloaded."""

from __future__ import annotations

import io
import zipfile

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("portal/settings.py"), "DEBUG = False\n")
    world.page("/backup.zip", packed.getvalue(), "application/zip")


FAULT = Fault(
    says="An archive of the whole site can be downloaded.",
    trips=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/backup.zip | head -c 2\n< PK",
    apply=_apply,
)
