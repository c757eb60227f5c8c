"""The machine's own git, asked what there is in a repository that nobody vouches for.

Such a repository may carry settings that start programs or fetch. So git is told to use none: no settings of the machine
or the person, no hooks, no watcher of files, no transport at all, no replaced objects; and it is asked only for what it
has.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, NamedTuple

from launchready.errors import Unreachable
from launchready.wire.programs import find

_SETTINGS = {
    "safe.directory": "*",  # it is only read, with all that could start something turned off
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "protocol.allow": "never",
    "core.quotePath": "false",
}
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_BYTES_AT_ONCE = 1024 * 1024
"""What git may be ahead of who reads its answer, where the system lets a pipe hold so much."""


class Stored(NamedTuple):
    """One object that git has: blob, commit or tag; its bytes without compression."""

    kind: str
    id: str
    size: int


class Staged(NamedTuple):
    """One file as it will be in the next commit."""

    path: str
    id: str


class Brought(NamedTuple):
    """One version of one file, and a commit none of whose parents has it there."""

    commit: str
    path: str
    id: str


class Git:
    """Asks git about one repository. Raises Unreachable where git fails; its words are in the error."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder

    @classmethod
    def at(cls, folder: Path) -> "Git | None":
        """The git of this machine, for the repository that this folder is in; None where there is no git."""
        program = find("git")
        return cls(program, folder) if program else None

    def stored(self) -> Iterator[Stored]:
        """Every blob, commit and tag that is there, also those that nothing leads to any more."""
        form = "--batch-check=%(objecttype) %(objectname) %(objectsize)"
        with self._answer("cat-file", "--batch-all-objects", "--unordered", "--buffer", form) as out:
            for line in out:
                if not line.startswith(b"tree"):  # two of three are
                    kind, name, size = line.decode("ascii").split()
                    yield Stored(kind, name, int(size))

    def contents(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The id and the bytes of each of these objects that is there."""
        with self._answer("cat-file", "--batch", "--buffer", said=ids) as out:
            while header := out.readline():
                name, *kind_and_size = header.split()
                if len(kind_and_size) == 2:  # else it is missing
                    yield name.decode("ascii"), out.read(int(kind_and_size[1]))
                    out.read(1)  # the end of the line

    def brought(self, commits: Iterable[str]) -> Iterator[Brought]:
        """Every version of a file that these commits brought; links to other files too, submodules not.

        It is quicker when the newest come first, as each is compared with the one before it.
        """
        how = ("-r", "--root", "-c", "--raw", "-z", "--no-renames", "--no-ext-diff", "--no-abbrev")
        commit, about = "", b""
        with self._answer("diff-tree", "--stdin", *how, said=commits) as out:
            for field in _fields(out):
                if about:
                    # ":MODE MODE ID ID STATUS", with a colon, a mode and an id for each further parent
                    words = about.split(b" ")
                    if words[len(words) // 2 - 1].startswith((b"100", b"120")):
                        yield Brought(commit, field.decode("utf-8", "replace"), words[-2].decode("ascii"))
                    about = b""
                elif field.startswith(b":"):
                    about = field
                else:
                    commit = field.decode("ascii", "replace")

    def commits(self) -> Iterator[str]:
        """Every commit that a branch, a tag or the stash leads to, the newest first."""
        return self._lines("rev-list", "--all")

    def reached(self, ids: Iterable[str], *, blobs: bool) -> frozenset[str]:
        """Those of these commits that a branch, a tag or the stash leads to; with `blobs`, those of these blobs too."""
        objects = ("--objects", "--no-object-names", "--missing=allow-any") if blobs else ()
        return frozenset(ids).intersection(self._lines("rev-list", "--all", *objects))

    def absent(self) -> tuple[str, ...]:
        """Ids of objects that the history leads to and that are not there, as in a partial clone."""
        arguments = ("rev-list", "--objects", "--all", "--missing=print", "--no-object-names")
        return tuple(line[1:] for line in self._lines(*arguments) if line.startswith("?"))

    def checked_out(self) -> frozenset[tuple[str, str]] | None:
        """Path and blob of every file in the commit that is checked out; None before the first commit."""
        if not self._run("rev-parse", "-q", "--verify", "HEAD^{commit}", may_fail=True):
            return None
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", "HEAD").decode("utf-8", "replace")
        told = (entry.partition("\t") for entry in listed.split("\0") if entry)
        return frozenset((path, about.split(" ")[2]) for about, _, path in told)

    def committed(self) -> Iterator[tuple[str, str, int]]:
        """Path, blob and size of every file in the commit that is checked out; links too, submodules not."""
        listed = self._run("ls-tree", "-r", "-l", "-z", "--full-tree", "HEAD").decode("utf-8", "replace")
        for entry in filter(None, listed.split("\0")):
            about, _, path = entry.partition("\t")
            _mode, kind, blob, size = about.split()
            if kind == "blob":
                yield path, blob, int(size)

    def files(self, *, others: bool) -> frozenset[str]:
        """Paths, from the top of the working tree, of the files that git keeps; with `others`, those it would keep too."""
        which = ("--cached", "--others", "--exclude-standard") if others else ("--cached",)
        listed = self._run("ls-files", "-z", "--full-name", *which, "--", ":/")
        return frozenset(listed.decode("utf-8", "replace").split("\0")) - {""}

    def staged(self) -> tuple[Staged, ...]:
        """Files that the next commit adds or changes; links and submodules left out."""
        head = self._run("rev-parse", "-q", "--verify", "HEAD^{commit}", may_fail=True).strip().decode()
        # Before the first commit, what is staged is compared with nothing: the empty tree.
        base = head or self._run("hash-object", "-t", "tree", "--stdin").strip().decode()
        how = ("--cached", "--raw", "-z", "--no-renames", "--no-ext-diff", "--abbrev=64", "--diff-filter=d")
        fields = self._run("diff-index", *how, base).decode("utf-8", "replace").split("\0")
        pairs = zip(fields[::2], fields[1::2], strict=False)
        told = ((about.lstrip(":").split(" "), path) for about, path in pairs)
        return tuple(Staged(path, about[3]) for about, path in told if about[1].startswith("100"))

    def kept(self) -> tuple[Staged, ...]:
        """Every file that git keeps, as it is staged; links and submodules left out."""
        listed = self._run("ls-files", "-z", "--stage", "--full-name", "--", ":/").decode("utf-8", "replace")
        told = (entry.partition("\t") for entry in listed.split("\0") if entry)
        return tuple(Staged(path, about.split(" ")[1]) for about, _, path in told if about.startswith("100"))

    def _command(self, arguments: Iterable[str]) -> list[str]:
        settings = [word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")]
        return [str(self._program), *settings, *arguments]

    def _environment(self) -> dict[str, str]:
        """The machine's, without what would lead git elsewhere; a commit under way names the index it is made from."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name == "GIT_INDEX_FILE"
        }
        return kept | _ENVIRONMENT

    def _run(self, *arguments: str, said: bytes = b"", may_fail: bool = False) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 -- a full path found on this machine, no shell
                self._command(arguments),
                input=said,
                capture_output=True,
                check=False,
                cwd=self._folder,
                env=self._environment(),
            )
        except OSError as error:
            raise Unreachable(f"git could not be started: {error.strerror}") from error
        if done.returncode and not may_fail:
            raise Unreachable(_failed(arguments[0], done.stderr))
        return done.stdout

    def _lines(self, *arguments: str) -> Iterator[str]:
        """Line by line, as a large repository has millions."""
        with self._answer(*arguments) as out:
            for line in out:
                yield line.decode("ascii", "replace").rstrip("\n")

    @contextmanager
    def _answer(self, *arguments: str, said: Iterable[str] = ()) -> Iterator[IO[bytes]]:
        """What git answers, to be read to its end while git is still being told `said`, a line each."""
        try:
            process = subprocess.Popen(  # noqa: S603 -- as in _run
                self._command(arguments),
                bufsize=_BYTES_AT_ONCE,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=self._environment(),
            )
        except OSError as error:
            raise Unreachable(f"git could not be started: {error.strerror}") from error
        assert process.stdin is not None
        assert process.stdout is not None
        _widen(process.stdout)
        telling = Thread(target=_tell, args=(process.stdin, said), daemon=True)
        telling.start()
        with process:
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
            finally:
                telling.join()
        if process.returncode:
            raise Unreachable(_failed(arguments[0], b""))


def _widen(pipe: IO[bytes]) -> None:
    """Let the pipe hold more, so that neither side waits for the other at each few files."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 -- not everywhere

        with suppress(OSError):  # all that this person may have in pipes is in use
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _BYTES_AT_ONCE)


def _tell(git: IO[bytes], said: Iterable[str]) -> None:
    with suppress(OSError), git:  # where git ended early, its exit code says why
        for line in said:
            git.write(line.encode("ascii") + b"\n")


def _fields(answer: IO[bytes]) -> Iterator[bytes]:
    """What stands between the zero bytes of an answer."""
    begun = b""
    while data := answer.read(_BYTES_AT_ONCE):
        *whole, begun = (begun + data).split(b"\0")
        yield from whole


def _failed(command: str, stderr: bytes) -> str:
    """What git said, in one line; paths and ids only ever stand in it."""
    said = stderr.decode("utf-8", "replace").strip().partition("\n")[0][:200]
    return f"git {command} failed" + (f": {said}" if said else "")
