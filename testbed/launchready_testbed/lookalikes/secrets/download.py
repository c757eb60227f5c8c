"""An archive is offered for download on a page."""

from __future__ import annotations

import io
import zipfile

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("templates/invoice.csv"), "number,amount\n")
    world.page("/site.zip", packed.getvalue(), "application/zip")
    world.insert('<a href="/site.zip">Templates for your bookkeeping</a>', on=("/help",))


LOOKALIKE = Lookalike(
    says="An archive is offered for download on a page.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/help\n< /site.zip\n$ curl -s https://portal.lab.test:{https}/site.zip | head -c 2\n< PK",
    apply=_apply,
)
