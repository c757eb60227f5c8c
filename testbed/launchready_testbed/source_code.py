"""What does the repository of the portal's source hold, and how does it get onto the disk?

`SourceCode` is plain data that a fault changes. `write` makes a git repository of it, with no git program: loose objects,
refs, an index and the working tree, as git itself would have left them.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_FIRST_DAY = 1_767_603_600  # 5 January 2026, 9:00 UTC
_DAY = 86_400
_FILE, _FOLDER = 0o100644, 0o040000

_SETTINGS = '''\
"""Settings of the portal; every secret comes from its environment."""

import os

DEBUG = False
ALLOWED_HOSTS = ["portal.lab.test"]
DATABASE_URL = os.environ["DATABASE_URL"]
STRIPE_SECRET_KEY = os.environ["STRIPE_SECRET_KEY"]
SESSION_SECONDS = 8 * 3600
'''
_SAMPLE = """\
# Copy this to .env, and fill it in.
DATABASE_URL=postgresql://user:password@localhost:5432/harbour
STRIPE_SECRET_KEY=sk_test_your_key_here
SESSION_SECRET=<32 random characters>
"""
_READ_ME = """\
# Harbour client portal

Copy `.env.example` to `.env`, ask the team for the values, then `make run`. Sign in as `demo` with the password that
`make demo-user` prints.
"""


@dataclass
class Commit:
    """One commit: the files that it brings or changes, or removes (None), and its message."""

    message: str
    files: Mapping[str, str | bytes | None]
    author: str = "Ada Example"


@dataclass
class SourceCode:
    """The repository and its folder; sound until a fault changes it."""

    main: list[Commit] = field(
        default_factory=lambda: [
            Commit(
                "Begin the portal",
                {"README.md": _READ_ME, ".gitignore": ".env\n*.log\n", ".env.example": _SAMPLE},
            ),
            Commit("Read settings from the environment", {"portal/settings.py": _SETTINGS}),
            Commit(
                "List invoices",
                {"portal/invoices.py": "def total(lines):\n    return sum(lines)\n"},
                "Ben Example",
            ),
        ]
    )
    """What is checked out, oldest first."""
    branches: dict[str, list[Commit]] = field(default_factory=dict)
    """Commits on top of the first one of `main`, by the name of the branch; the name "" is no branch any more."""
    lying: dict[str, str | bytes] = field(default_factory=dict)
    """Files that lie in the folder and that git does not keep."""

    def write(self, folder: Path) -> None:
        """Makes the repository in `folder`, in place of what was there."""
        shutil.rmtree(folder, ignore_errors=True)
        store = _Store(folder / ".git")
        first = store.commit(self.main[0], None, {}, 0)
        tip, tree = first, _applied({}, self.main[0])
        for day, commit in enumerate(self.main[1:], 1):
            tip = store.commit(commit, tip, tree, day)
            tree = _applied(tree, commit)
        store.ref("main", tip)
        for name, commits in self.branches.items():
            end, inner = first, _applied({}, self.main[0])
            for day, commit in enumerate(commits, 1):
                end = store.commit(commit, end, inner, day)
                inner = _applied(inner, commit)
            if name:
                store.ref(name, end)
        store.index(tree)
        for path, data in {**tree, **{path: _bytes(text) for path, text in self.lying.items()}}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


class _Store:
    """A .git folder that is being filled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for part in ("objects", "refs/heads"):
            (folder / part).mkdir(parents=True)
        (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
        (folder / "config").write_text(
            "[core]\n\trepositoryformatversion = 0\n\tbare = false\n", encoding="utf-8"
        )

    def commit(self, commit: Commit, parent: str | None, before: Mapping[str, bytes], day: int) -> str:
        """Stores a commit on top of `parent`, whose files are `before`; returns its id."""
        tree = self._tree(_applied(before, commit))
        signed = f"{commit.author} <{commit.author.partition(' ')[0].lower()}@lab.test> {_FIRST_DAY + day * _DAY} +0000"
        above = f"parent {parent}\n" if parent else ""
        text = f"tree {tree}\n{above}author {signed}\ncommitter {signed}\n\n{commit.message}\n"
        return self._put("commit", text.encode())

    def ref(self, branch: str, commit: str) -> None:
        """Lets a branch end at a commit."""
        path = self._folder / "refs/heads" / branch
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(commit + "\n", encoding="utf-8")

    def index(self, files: Mapping[str, bytes]) -> None:
        """Writes the index of a working tree that holds just these files, in git's version 2."""
        content = b"DIRC" + struct.pack(">II", 2, len(files))
        for path, data in sorted((path.encode(), data) for path, data in files.items()):
            entry = struct.pack(">10I", *[0] * 6, _FILE, 0, 0, len(data))
            entry += bytes.fromhex(self._put("blob", data)) + struct.pack(">H", min(len(path), 0xFFF)) + path
            content += entry + bytes(8 - len(entry) % 8)
        (self._folder / "index").write_bytes(content + hashlib.sha1(content, usedforsecurity=False).digest())

    def _tree(self, files: Mapping[str, bytes]) -> str:
        entries: dict[bytes, tuple[int, str]] = {}
        folders: dict[str, dict[str, bytes]] = {}
        for path, data in files.items():
            name, below, rest = path.partition("/")
            if below:
                folders.setdefault(name, {})[rest] = data
            else:
                entries[name.encode()] = (_FILE, self._put("blob", data))
        for name, inner in folders.items():
            entries[name.encode()] = (_FOLDER, self._tree(inner))
        # Git sorts a folder as if its name ended in a slash.
        order = sorted(entries, key=lambda name: name + b"/" * (entries[name][0] == _FOLDER))
        content = b"".join(
            b"%o %s\0" % (entries[name][0], name) + bytes.fromhex(entries[name][1]) for name in order
        )
        return self._put("tree", content)

    def _put(self, kind: str, data: bytes) -> str:
        whole = b"%s %d\0" % (kind.encode(), len(data)) + data
        name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        path = self._folder / "objects" / name[:2] / name[2:]
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(whole, 1))
        return name


def _applied(before: Mapping[str, bytes], commit: Commit) -> dict[str, bytes]:
    """The files after a commit."""
    after = {**before}
    for path, text in commit.files.items():
        if text is None:
            after.pop(path, None)
        else:
            after[path] = _bytes(text)
    return after


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
