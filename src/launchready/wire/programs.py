"""Other programs on this machine: whether they are there, and which version they say they are.

Nothing is ever installed and no shell is used; a program is started by its full path, to ask for its version.
"""

import shutil
import ssl
import subprocess
from pathlib import Path

PATIENCE = 20.0
"""Seconds in which a program must say its version."""


def find(*names: str) -> Path | None:
    """The first of these programs that is on the PATH."""
    return next((Path(found) for found in map(shutil.which, names) if found), None)


def version(program: Path, *arguments: str) -> str | None:
    """The first line that a program says when asked for its version; None if it does not start or fails."""
    try:
        answer = subprocess.run(  # noqa: S603 -- a full path found on this machine, fixed arguments, no shell
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if answer.returncode:
        return None
    said = answer.stdout.decode("utf-8", "replace").strip()
    return said.partition("\n")[0].strip()


def openssl() -> str:
    """The version of the OpenSSL that Python was built with, which makes all TLS connections."""
    return ssl.OPENSSL_VERSION


def playwright_chromium() -> Path | None:
    """The Chromium that Playwright downloaded for itself, if it did."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 -- slow to import

    try:
        with sync_playwright() as playwright:
            path = Path(playwright.chromium.executable_path)
    except (Error, OSError):
        return None
    return path if path.is_file() else None


def chromium() -> Path | None:
    """Chromium: Playwright's own, as that is the one it was made for, else the machine's."""
    return playwright_chromium() or find(
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
    )
