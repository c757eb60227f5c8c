"""Repositories made on the spot, with git or without, and a search of them."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from launchready.collect.history import history_secrets
from launchready.collect.tree import tree_secrets
from launchready.evidence.secrets import HistorySecrets, Search, Secret, TreeSecrets
from launchready.site import Site
from launchready.site.sections import Portal
from launchready.site.services import Repo
from launchready.wire import Wire
from launchready.wire.programs import find

Git = Callable[..., str]
PEOPLE = {"GIT_AUTHOR_NAME": "Ada Example", "GIT_AUTHOR_EMAIL": "ada@example.com"}
COMMITTER = {"GIT_COMMITTER_NAME": "Ada Example", "GIT_COMMITTER_EMAIL": "ada@example.com"}
ALONE = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}

needs_git = pytest.mark.skipif(find("git") is None, reason="no git here")


def run_git(folder: Path, *arguments: str, day: int = 1, said: bytes = b"") -> str:
    """Run git as a person would, on a day of January 2026."""
    at = f"2026-01-{day:02}T12:00:00Z"
    dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    environment = {**os.environ, **PEOPLE, **COMMITTER, **ALONE, **dates}
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, input=said, capture_output=True, check=True)
    return done.stdout.decode()


class Clone:
    """A repository under test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: int = 1, said: bytes = b"") -> str:
        return run_git(self.folder, *arguments, day=day, said=said)

    def commit(self, files: dict[str, str | bytes], message: str = "Change", day: int = 1) -> str:
        for path, text in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode() if isinstance(text, str) else text)
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "--allow-empty", "-m", message, day=day)
        return self.git("rev-parse", "HEAD").strip()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "source")


def wire_to(folder: Path | None) -> Wire:
    site = Site(portal=Portal(url="https://portal.example/"), repo=Repo(path=folder))
    return Wire(site, journal=io.StringIO(), attach=lambda _data, suffix: f"kept{suffix}")


async def history_of(folder: Path | None) -> HistorySecrets:
    async with wire_to(folder) as wire:
        return await history_secrets(wire)


async def tree_of(folder: Path | None) -> TreeSecrets:
    async with wire_to(folder) as wire:
        return await tree_secrets(wire)


def only(search: Search) -> Secret:
    assert len(search.secrets) == 1, search.secrets
    return search.secrets[0]


def gaps(search: Search) -> str:
    return "\n".join(f"{gap.where}: {gap.why.detail}" for gap in search.gaps)


@pytest.fixture
def no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git."""
    monkeypatch.setattr("launchready.wire.git_program.find", lambda *_names: None)
