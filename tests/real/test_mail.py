"""Does the drill say the same of real mail servers as of the bed's own? Postfix, opendkim, rspamd, dovecot, knot and unbound."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from .running import PATH

INSIDE = Path(__file__).parent / "mail/inside.py"
PROGRAMS = (
    "knotd",
    "unbound",
    "opendkim",
    "postfix",
    "rspamd",
    "dovecot",
    "sievec",
    "ip",
    "mount",
    "unshare",
)
OWN = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
"""A network of its own, and processes that all end with the first of them, as postfix would outlive its parent."""
WORLDS = ("sound", "service", "junk")
SAME = ("kind", "mailbox", "folder", "times", "spf", "dkim", "dmarc", "verdict")


@pytest.fixture(scope="module")
def said() -> Iterator[dict[str, Any]]:
    """What the drill said in each world, over the bed's own mail and over the servers."""
    lacking = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if lacking:
        pytest.skip(f"needs {', '.join(lacking)}")
    if subprocess.run([*OWN, "true"], check=False, capture_output=True).returncode:
        pytest.skip("needs leave to make a network of its own")
    with TemporaryDirectory(prefix="launchready-mail-") as folder:
        Path(folder).chmod(0o755)  # each server looks into it as a user of its own
        command = [*OWN, sys.executable, str(INSIDE), folder, *WORLDS]
        environment = {**os.environ, "PATH": PATH}
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=300, env=environment
        )
        assert done.returncode == 0, done.stderr[-3000:]
        yield json.loads(done.stdout)


def seen(drill: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in SAME} for row in drill["rows"]]


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("world", WORLDS)
def test_real_servers_lead_to_the_same_verdicts(said: dict[str, Any], world: str) -> None:
    own, real = said[world]
    assert seen(real) == seen(own)
    assert real["status"] == own["status"]


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("world", "folder", "status"), [("sound", "inbox", 0), ("service", "", 1), ("junk", "junk", 1)]
)
def test_letters_come_to_where_the_domain_wants_them(
    said: dict[str, Any], world: str, folder: str, status: int
) -> None:
    _, real = said[world]
    assert real["status"] == status
    assert {(row["kind"], row["mailbox"]) for row in real["rows"]} == {
        (kind, mailbox)
        for kind in ("password-reset", "invite", "approval", "notification")
        for mailbox in ("ada", "sam")
    }
    assert {row["folder"] for row in real["rows"]} == {folder}
