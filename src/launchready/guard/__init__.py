"""Keeps secrets out of the repository: looks at what a commit is about to bring, before it does.

Unlike an audit it looks at little, so it must be quick: nothing of the portal file or the network is loaded for it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from launchready.collect._searching import Searching, large_file_id
from launchready.detect import Detector, Found
from launchready.errors import UsageError
from launchready.evidence.redact import Redactor
from launchready.evidence.secrets import Gap
from launchready.wire.repository import NotARepositoryError, Repository


class Brought(NamedTuple):
    """A file that is about to come into the repository, or came with a commit (its id, else empty)."""

    path: str
    data: bytes
    commit: str = ""


class Leak(NamedTuple):
    """A secret in such a file; the value is for comparing only and is never shown."""

    path: str
    commit: str
    found: Found

    @property
    def subject(self) -> str:
        """As findings and waivers name it: "Stripe secret key in config/prod.env"."""
        return f"{self.found.kind} in {self.path}"

    def __str__(self) -> str:
        """`config/prod.env:3: Stripe secret key, 32 characters, in 1f2e3d4c5b`."""
        found = self.found
        view = f", read as {found.view}" if found.view else ""
        commit = f", in {self.commit[:10]}" if self.commit else ""
        return f"{self.path}:{found.line}: {found.kind}, {len(found.value)} characters{view}{commit}"


class Look(NamedTuple):
    """What a look at some files came to."""

    files: int
    leaks: tuple[Leak, ...]
    gaps: tuple[Gap, ...]


def staged(repository: Repository) -> Iterator[Brought]:
    """What the next commit adds or changes, as it is staged."""
    yield from _named(repository, repository.require_git().staged())


def kept(repository: Repository) -> Iterator[Brought]:
    """Every file that git keeps, as it is staged."""
    yield from _named(repository, repository.require_git().kept())


def between(repository: Repository, span: str) -> Iterator[Brought]:
    """What the commits of A..B brought, also what a later one of them took out again.

    Raises:
        UsageError: it is no such span, or there are no such commits.
    """
    old, dots, new = span.partition("..")
    if not old or not dots or new.startswith("."):
        raise UsageError(f"{span} is no range of commits; write one as origin/main..HEAD")
    for version in repository.between(old, new or "HEAD"):
        yield Brought(version.path, version.data, version.commits[0].id if version.commits else "")


def _named(repository: Repository, files: Iterable[tuple[str, str]]) -> Iterator[Brought]:
    paths: dict[str, list[str]] = {}
    for path, blob in files:
        paths.setdefault(blob, []).append(path)
    for blob, data in repository.require_git().contents(paths):
        for path in paths[blob]:
            yield Brought(path, data)


def look(repository: Repository, files: Iterable[Brought]) -> Look:
    """Search these files."""
    searching = Searching(Detector(), Redactor())
    leaks: dict[tuple[str, str], Leak] = {}
    count = 0
    for each in files:
        count += 1
        data = each.data
        if oid := large_file_id(data):
            large = repository.large_file(oid)
            if large is None:
                searching.gap(
                    each.path, "a Git LFS pointer, and its file is not here", "get it with `git lfs pull`"
                )
                continue
            data = large
        for path, found in searching.found(data, each.path):
            for one in found:
                leaks.setdefault((path, one.value), Leak(path, each.commit, one))
    order = sorted(leaks.values(), key=lambda leak: (leak.path, leak.found.line, leak.found.kind))
    return Look(count, tuple(order), searching.search(()).gaps)


def repository_here() -> Repository:
    """The repository that the current folder is in; raises UsageError where it is in none."""
    try:
        return Repository(Path.cwd())
    except NotARepositoryError as error:
        raise UsageError(f"{error}; run this in a clone of the portal's source") from error
