"""An archive with a .env file in it was committed and deleted since."""

from __future__ import annotations

import io
import zipfile

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import stripe
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as backup:
        backup.writestr("portal/.env", f"STRIPE_SECRET_KEY={stripe('backup')}\n")
    world.source.main += [
        Commit("Backup before the move", {"backup.zip": archive.getvalue()}),
        Commit("Remove the backup", {"backup.zip": None}),
    ]


FAULT = Fault(
    says="An archive with a .env file in it was committed and deleted since.",
    trips=("secrets/history",),
    look=(
        "$ git -C {source} cat-file blob HEAD~1:backup.zip > backup.zip; "
        'python3 -c \'import zipfile; print(zipfile.ZipFile("backup.zip").read("portal/.env"))\' | grep -o KEY=sk_live_\n'
        "< KEY=sk_live_"
    ),
    apply=_apply,
)
