"""The door to a git repository on this machine, read in place. Nothing is fetched, run or changed.

The machine's git reads it; where there is none, Kingfisher's own reader of repositories does, which starts no program but
takes half as long again.
"""

import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from launchready.errors import Unreachable, UsageError
from launchready.wire.git_header import read_header, utc
from launchready.wire.git_program import Brought, Git

if TYPE_CHECKING:
    from kingfisher_sdk import GitInput

LARGEST_BLOB = 100 * 1024 * 1024
"""Bytes; larger ones are not read but told. Source is far smaller."""

_STORED_ONLY = "@git/"
"""How the reader calls a blob that no file of any commit is."""


class Commit(NamedTuple):
    """Who brought something, and when (ISO 8601, UTC)."""

    id: str
    author: str
    at: str


class Version(NamedTuple):
    """One version of one file.

    Attributes:
        path: from the top of the repository; empty for a blob that is no file of any commit.
        data: its bytes.
        blob: the id of the blob.
        dangling: whether no branch or tag leads to it any more.
        commits: those that brought it, oldest first.
    """

    path: str
    data: bytes
    blob: str
    dangling: bool
    commits: tuple[Commit, ...]

    @property
    def name(self) -> str:
        """The path, or the blob's own name."""
        return self.path or f"object {self.blob[:10]}"


class BlobMissingError(Unreachable):
    """The history leads to a blob that is not there, as in a partial clone."""

    settle_by = "get what is missing: `git fetch --refetch --no-filter`, or clone anew without --filter"


class Repository:
    """One git repository, and the working tree that belongs to it where there is one."""

    def __init__(self, folder: Path) -> None:
        """Find the repository that `folder` is in.

        Raises:
            Unreachable: there is none.
        """
        found = _find(folder.resolve())
        if found is None:
            raise NotARepositoryError(f"{folder.name or folder} is in no git repository")
        self.top, self._git_dir = found

    @cached_property
    def git(self) -> Git | None:
        """The machine's git, asked about this repository; None where there is no git."""
        return Git.at(self.top)

    def require_git(self) -> Git:
        """The machine's git; raises Unreachable where there is none."""
        if self.git is None:
            raise NoGitError("there is no git on this machine")
        return self.git

    @property
    def shallow(self) -> bool:
        """Whether the history was cut off when this was cloned."""
        return _filled(self._common / "shallow")

    @property
    def partial(self) -> bool:
        """Whether blobs may have been left out when this was cloned."""
        return any((self._common / "objects" / "pack").glob("*.promisor"))

    def versions(self, brought: Iterable[Brought], others: frozenset[str]) -> Iterator[Version]:
        """Versions that commits brought, each once, with all those commits; and other blobs, which none brought."""
        git = self.require_git()
        blobs: dict[str, dict[str, list[str]]] = {blob: {"": []} for blob in others}
        for commit, path, blob in brought:
            blobs.setdefault(blob, {}).setdefault(path, []).append(commit)
        ids = {commit for paths in blobs.values() for commits in paths.values() for commit in commits}
        told = {name: read_header(data) for name, data in git.contents(ids)}
        origins = {name: Commit(name, header.author, header.at) for name, header in told.items()}
        reached = git.reached({*ids, *others}, blobs=bool(others)) if blobs else frozenset()
        for blob, data in git.contents(blobs):
            for path, commits in blobs[blob].items():
                dangling = reached.isdisjoint(commits or (blob,))
                yield Version(path, data, blob, dangling, _sorted(origins[each] for each in commits))

    def history(self, *, gaps: bool = False) -> Iterator[Version]:
        """Every version of every file in any branch, tag, stash or dangling commit, and blobs that are no file of any.

        This is without git, by Kingfisher's reader.

        Args:
            gaps: leave out what is missing instead of raising.

        Raises:
            BlobMissingError: something is missing.
            Unreachable: the repository is damaged.
        """
        yield from self._read({"refs": None, "include_unreachable": True}, gaps=gaps)

    def between(self, old: str, new: str) -> Iterator[Version]:
        """Every version that the commits after `old` up to `new` brought.

        Raises:
            UsageError: there is no such commit.
        """
        try:
            yield from self._read({"refs": (new,), "since_commit": old}, gaps=False)
        except Unreachable as error:
            raise UsageError(f"cannot read the commits {old}..{new}: {error}") from error

    def large_file(self, oid: str) -> bytes | None:
        """What a Git LFS pointer with this SHA-256 stands for; None where it was not fetched or is too large."""
        path = self._common / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
        try:
            return path.read_bytes() if path.stat().st_size <= LARGEST_BLOB else None
        except OSError:
            return None

    @cached_property
    def _common(self) -> Path:
        """The folder of objects and refs; that of a second working tree only names it."""
        try:
            named = (self._git_dir / "commondir").read_text("utf-8", "replace").strip()
        except OSError:
            return self._git_dir
        return (self._git_dir / named).resolve()

    def _read(self, scope: dict[str, Any], *, gaps: bool) -> Iterator[Version]:
        try:
            from kingfisher_sdk import GitInputWarning, GitScope, git_inputs  # noqa: PLC0415 -- slow to load
        except ImportError as error:
            raise NoReaderError("what reads repositories is not made for this machine") from error
        # What is skipped is known from git's own list; as a warning it would go to the terminal.
        warnings.filterwarnings("ignore", category=GitInputWarning)
        try:
            for each in git_inputs(
                self.top,
                scope=GitScope(**scope),
                discover=False,
                max_blob_size=LARGEST_BLOB,
                skip_missing_blobs=gaps,
            ):
                yield _version(each)
        except (RuntimeError, ValueError) as error:
            said = str(error)
            if "is missing" in said:
                raise BlobMissingError("the history leads to blobs that are not there") from error
            raise Unreachable(f"the repository cannot be read: {said[:200]}") from error


class NoGitError(Unreachable):
    """The machine has no git, which tells what there is."""

    settle_by = "install git and run the audit again"


class NoReaderError(Unreachable):
    """Kingfisher has no build for this machine."""

    settle_by = (
        "run the audit on Linux with glibc, macOS or Windows: `launchready doctor` says what is missing"
    )


class NotARepositoryError(Unreachable):
    """The folder is in no git repository."""

    settle_by = "let [repo] path name a clone of the portal's repository, with its .git folder"


def _version(each: "GitInput") -> Version:
    stored_only = each.path.startswith(_STORED_ONLY) and not each.origins
    return Version(
        path="" if stored_only else each.path,
        data=each.data or b"",
        blob=each.blob_id or "",
        dangling=each.unreachable is not False,
        commits=_sorted(
            Commit(origin.id, origin.author.name, utc(origin.committer.timestamp)) for origin in each.origins
        ),
    )


def _sorted(commits: Iterable[Commit]) -> tuple[Commit, ...]:
    return tuple(sorted(commits, key=lambda commit: (commit.at, commit.id)))


def _find(folder: Path) -> tuple[Path, Path] | None:
    """The top of the working tree (or the bare repository) that a folder is in, and its git folder."""
    for place in (folder, *folder.parents):
        inner = place / ".git"
        if inner.is_dir():
            return place, inner
        if inner.is_file():
            named = inner.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
            return place, (place / named).resolve()
        if (place / "HEAD").is_file() and (place / "objects").is_dir() and (place / "refs").is_dir():
            return place, place
    return None


def _filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
