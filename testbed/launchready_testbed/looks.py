"""How are the commands of a look run? What a test needs to see a fault with its own eyes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from launchready_testbed.bed import Bed

PATIENCE = 60.0  # seconds for one command
_HERE = Path(__file__).resolve().parent


def filled(bed: Bed, look: str) -> str:
    """`look` with the names of ports and folders filled in."""
    values = {
        "{http}": bed.http_port,
        "{https}": bed.https_port,
        "{dns}": bed.nameserver.rpartition(":")[2],
        "{imap}": bed.imap_port,
        "{secrets}": bed.secrets,
        "{logs}": bed.logs,
        "{source}": bed.source,
    }
    for name, value in values.items():
        look = look.replace(name, str(value))
    return look


def missed(bed: Bed, look: str, folder: Path) -> str:
    """Runs the commands of `look` in the empty `folder` and says which part of what it shows was not seen; empty: none."""
    (folder / ".curlrc").write_text(f'cacert = "{bed.ca_file}"\nconnect-to = "::127.0.0.1:"\n')
    output = ""
    for line in filled(bed, look).split("\n"):
        if line.startswith("$ "):
            output += _run(bed, line[2:], folder)
        elif line.startswith("< "):
            before, found, output = output.partition(line[2:])
            if not found:
                return f"{line[2:]!r} was not seen in {before[:600]!r}"
    return ""


def _run(bed: Bed, command: str, folder: Path) -> str:
    """What the command prints; some end in an error, and that is what is seen."""
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - the one on the path, as a person would get
        capture_output=True,
        check=False,
        cwd=folder,
        env={
            **os.environ,
            "CURL_HOME": str(folder),
            "BASH_ENV": str(_HERE / "looks.sh"),
            "BED_URL": bed.url.rstrip("/"),
            "BED_QUAY": f"https://quay.lab.test:{bed.https_port}",
            "BED_SECRETS": str(bed.secrets),
            "BED_IMAP": f"imaps://imap.lab.test:{bed.imap_port}",
            "BED_DKIM": f"{sys.executable} {_HERE / 'mail/verifying.py'} {bed.nameserver.rpartition(':')[2]}",
            "BED_TOTP": f"{sys.executable} {_HERE / 'portal/totp.py'}",
        },
        timeout=PATIENCE,
    )
    return done.stdout.decode("utf-8", "replace")
