"""The door to the portal's source as it lies on this machine: files of one folder, and the repository it belongs to."""

import os
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from launchready.wire.repository import LARGEST_BLOB, NotARepositoryError, Repository

INSTALLED = frozenset(
    "node_modules bower_components jspm_packages __pypackages__ site-packages .tox .nox .gradle".split()
)
"""Folders into which package managers put what others wrote."""


class SourceFile(NamedTuple):
    """One file: its path from the folder that was given, with slashes, and its bytes, or why there are none."""

    path: str
    data: bytes
    unread: str = ""


class Source:
    """The folder that the portal file calls the portal's source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.installed = 0
        """Folders of installed packages that `files` passed over so far."""

    @cached_property
    def repository(self) -> Repository:
        """The git repository that the folder is in; raises NotARepositoryError where it is in none."""
        return Repository(self.folder)

    def files(self) -> Iterator[SourceFile]:
        """Every regular file below the folder, sorted within its folder; links are not followed.

        What a link leads to is read where it lies if that is in the folder, and is not the portal's source if not.
        """
        yield from self._below(self.folder, "")

    def kept(self) -> frozenset[str] | None:
        """Paths of the files that git keeps; None where there is no repository.

        Raises:
            Unreachable: git failed, or there is none here.
        """
        return self._listed(others=False)

    def shared(self) -> frozenset[str] | None:
        """Paths of the files that git keeps or would keep, as it does not ignore them; else as `kept`."""
        return self._listed(others=True)

    def _listed(self, *, others: bool) -> frozenset[str] | None:
        try:
            repository = self.repository
        except NotARepositoryError:
            return None
        listed = repository.require_git().files(others=others)
        inner = self.folder.relative_to(repository.top).as_posix()
        if inner == ".":
            return listed
        return frozenset(path[len(inner) + 1 :] for path in listed if path.startswith(inner + "/"))

    def _below(self, folder: Path, prefix: str) -> Iterator[SourceFile]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield SourceFile(prefix or ".", b"", _reason(error))
            return
        for entry in entries:
            path = prefix + os.fsencode(entry.name).decode("utf-8", "replace")
            if entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name == ".git":
                    continue
                if entry.name in INSTALLED or os.path.lexists(Path(entry.path, "pyvenv.cfg")):
                    self.installed += 1
                    continue
                yield from self._below(Path(entry.path), path + "/")
            elif entry.is_file(follow_symlinks=False) and path != ".git":
                yield _read(Path(entry.path), path)


def _read(file: Path, path: str) -> SourceFile:
    try:
        # No link is followed and no pipe waited for, also when one is put in the file's place meanwhile.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as opened:
            told = os.fstat(opened.fileno())
            if not stat.S_ISREG(told.st_mode):
                return SourceFile(path, b"", "it is no regular file any more")
            if told.st_size > LARGEST_BLOB:
                return SourceFile(path, b"", f"it is larger than {LARGEST_BLOB // 1024**2} MB")
            return SourceFile(path, opened.read(LARGEST_BLOB))
    except OSError as error:
        return SourceFile(path, b"", _reason(error))


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
