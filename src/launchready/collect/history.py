"""Secrets in the whole git history: each version of each file that ever was, and the messages of commits and tags."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Event

from launchready.collect._env_files import is_env_file, suspects
from launchready.collect._first_look import deserving, fits
from launchready.collect._messages import search_messages
from launchready.collect._searching import Searching, in_threads, large_file_id
from launchready.detect import Found
from launchready.errors import Unreachable
from launchready.evidence import Missing
from launchready.evidence.secrets import EnvFile, Gap, HistorySecrets, Place, Search
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.archives import is_archive
from launchready.wire.git_program import Brought, Git
from launchready.wire.repository import LARGEST_BLOB, BlobMissingError, Repository, Version

ALL = "the git history"
UNNAMED = Missing(
    Cause.NOT_COLLECTED,
    "the portal file names no repository",
    "write [repo] with the path of a clone of the source, or with the address to clone it from",
)


async def history_secrets(wire: Wire) -> HistorySecrets:
    """Read everything that the portal's repository ever held, and hold that against what git says there is."""
    source = await wire.checkout.source()
    if source is None:
        return HistorySecrets(Search("", gaps=(Gap(ALL, UNNAMED),)))
    stop = Event()
    searching = Searching(wire.detector, wire.redact, wire.key_providers.remember)
    search = _HistorySearch(source.repository, searching, stop)
    try:
        return await asyncio.to_thread(search.run)
    finally:
        stop.set()  # a thread cannot be ended from outside, but it looks


class _HistorySearch:
    """One search of one repository."""

    def __init__(self, repository: Repository, searching: Searching, stop: Event) -> None:
        self._repository = repository
        self._searching = searching
        self._stop = stop
        self._sizes: dict[bytes, int] = {}
        """Blobs that git says there are."""
        self._messages: list[str] = []
        """Commits and tags."""
        self._commits: dict[str, None] = {}
        """The newest first."""
        self._blobs: set[bytes] = set()
        """Those that were read."""
        self._hits: set[str] = set()
        """Those of them that must be looked at under their names."""
        self._bytes = 0
        self._checked_out: frozenset[tuple[str, str]] | None = None
        self._env: dict[str, EnvFile] = {}
        self._with_gaps = repository.partial

    def run(self) -> HistorySecrets:
        """Search all of it."""
        with ThreadPoolExecutor(2) as meanwhile:
            meanwhile.submit(self._searching.detector.find, b"")  # the rules take half a second to load
            git = self._take_stock()
            if git:
                self._search_by_git(git, meanwhile)
            else:
                in_threads(
                    self._versions(), self._look_at_some, lambda version: len(version.data), self._stop
                )
        self._tell_what_is_not_there()
        counted = (
            ("commits", len(self._commits)),
            ("blobs", len(self._blobs)),
            ("bytes", self._bytes),
            *sorted(self._searching.counts.items()),
        )
        return HistorySecrets(
            self._searching.search(counted), tuple(self._env[path] for path in sorted(self._env))
        )

    def _take_stock(self) -> Git | None:
        """Learn from git what there is to be read; None where there is no git that tells."""
        try:
            git = self._repository.require_git()
            self._commits = dict.fromkeys(git.commits())
            for each in git.stored():
                if each.kind == "blob":
                    self._sizes[bytes.fromhex(each.id)] = each.size
                else:
                    self._messages.append(each.id)
                    if each.kind == "commit":
                        self._commits[each.id] = None
            self._checked_out = git.checked_out()
        except Unreachable as error:
            self._gap(f"how much there is could not be told ({error})", error.settle_by)
            return None
        return git

    def _search_by_git(self, git: Git, meanwhile: Executor) -> None:
        """Search all that git has.

        Blobs are read in the order in which they are stored, which is fast but says nothing of their names. Those are
        asked for where something was found, and such blobs read once more; so no version is held in memory.
        """
        try:
            messages = meanwhile.submit(search_messages, git, self._messages, self._searching)
            settings = meanwhile.submit(self._brought, git, lambda each: is_env_file(each.path))
            ids = [blob for blob, size in self._sizes.items() if size <= LARGEST_BLOB]
            blobs = self._counted(git.contents(blob.hex() for blob in ids))
            in_threads(blobs, self._first_look, lambda blob: len(blob[1]), self._stop)
            brought = settings.result()
            if self._hits:
                brought += self._brought(
                    git, lambda each: each.id in self._hits and not is_env_file(each.path)
                )
            unnamed = frozenset(self._hits).difference(each.id for each in brought)
            versions = self._repository.versions(brought, unnamed)
            in_threads(versions, self._look_at_each, lambda version: len(version.data), self._stop)
            messages.result()
        except Unreachable as error:
            raise Unreachable(f"the repository cannot be read: {error}") from error

    def _brought(self, git: Git, wanted: Callable[[Brought], bool]) -> list[Brought]:
        """Those of all versions that are wanted and can be read."""
        found = []
        for each in git.brought(self._commits):
            if self._stop.is_set():
                break
            size = self._sizes.get(bytes.fromhex(each.id))
            if size is None:
                self._with_gaps = True
            elif size <= LARGEST_BLOB and wanted(each):
                found.append(each)
        return found

    def _counted(self, blobs: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        for name, data in blobs:
            self._blobs.add(bytes.fromhex(name))
            self._bytes += len(data)
            yield name, data

    def _first_look(self, blobs: list[tuple[str, bytes]]) -> None:
        """Note those of some blobs that may hold a secret, whatever they are called."""
        together: list[tuple[str, bytes]] = []
        alone: list[tuple[str, bytes]] = []
        for each in blobs:
            (together if fits(each[1]) and not large_file_id(each[1]) else alone).append(each)
        detector = self._searching.detector
        alone += [together[at] for at in deserving(detector, [data for _, data in together])]
        for name, data in alone:
            if self._stop.is_set():
                return
            reading = detector.read(data)
            if reading.found or reading.public or reading.cut or large_file_id(data) or is_archive(data):
                self._hits.add(name)

    def _versions(self) -> Iterator[Version]:
        """Every version; where some are missing, those that are there."""
        try:
            yield from self._counted_versions(self._repository.history(gaps=self._with_gaps))
        except BlobMissingError:
            self._with_gaps = True
            yield from self._counted_versions(self._repository.history(gaps=True))

    def _counted_versions(self, versions: Iterator[Version]) -> Iterator[Version]:
        for version in versions:
            blob = bytes.fromhex(version.blob)
            if blob not in self._blobs:
                self._blobs.add(blob)
                self._bytes += len(version.data)
            if not self._messages:  # nobody counted them
                self._commits.update((commit.id, None) for commit in version.commits)
            yield version

    def _look_at_some(self, versions: list[Version]) -> None:
        """Search some versions; the small ones with a first look at all of them together."""
        together: list[Version] = []
        alone: list[Version] = []
        for version in versions:
            plain = fits(version.data) and not is_env_file(version.path) and not large_file_id(version.data)
            (together if plain else alone).append(version)
        alone += [
            together[at] for at in deserving(self._searching.detector, [each.data for each in together])
        ]
        self._look_at_each(alone)

    def _look_at_each(self, versions: list[Version]) -> None:
        for version in versions:
            if self._stop.is_set():
                return
            self._look(version)

    def _look(self, version: Version) -> None:
        """Search one version of one file."""
        data = version.data
        if oid := large_file_id(data):
            large = self._repository.large_file(oid)
            if large is None:
                self._searching.gap(
                    version.name,
                    "incomplete: a Git LFS pointer, and the file that it stands for is not here",
                    "get them all with `git lfs fetch --all`, then run the audit again",
                )
                return
            data = large
        known: set[int] = set()
        name = self._searching.shown(version.name)
        for path, found in self._searching.found(data, version.name):
            if path == name:
                known.update(each.line for each in found)
            for each in found:
                self._add(version, path, each)
        if version.path and is_env_file(version.path):
            self._note_env_file(name, version, suspects(data.decode("utf-8", "replace"), frozenset(known)))

    def _add(self, version: Version, path: str, found: Found) -> None:
        surface = "dangling object" if version.dangling else "history"
        places = [
            Place(surface, path, found.line, found.view, "", commit.id, commit.author, commit.at)
            for commit in version.commits
        ] or [Place(surface, path, found.line, found.view)]
        with self._searching.lock:
            self._searching.gathering.add(found, *places, in_head=self._in_head(version))

    def _note_env_file(self, path: str, version: Version, names: tuple[str, ...]) -> None:
        first = version.commits[0] if version.commits else None
        if first is None:
            return
        with self._searching.lock:
            there = self._env.get(path)
            entry = EnvFile(path, first.id, first.author, first.at, self._in_head(version), names)
            if there is not None:
                older = min(there, entry, key=lambda each: (each.at, each.commit))
                entry = EnvFile(
                    older.path,
                    older.commit,
                    older.author,
                    older.at,
                    None if self._checked_out is None else bool(there.in_head or entry.in_head),
                    tuple(sorted({*there.suspects, *names})),
                )
            self._env[path] = entry

    def _in_head(self, version: Version) -> bool | None:
        return None if self._checked_out is None else (version.path, version.blob) in self._checked_out

    def _tell_what_is_not_there(self) -> None:
        """Hold what was read against what git says there is, and what the history leads to."""
        if self._repository.shallow:
            self._gap(
                "the clone is shallow: older commits are not here",
                "get them with `git fetch --unshallow` (in CI, fetch-depth: 0), then run the audit again",
            )
        absent = self._absent() if self._with_gaps else 0
        if absent:
            self._gap(
                f"{absent:,} objects that the history leads to are not here", BlobMissingError.settle_by
            )
        unread = [size for blob, size in self._sizes.items() if blob not in self._blobs]
        large = [size for size in unread if size > LARGEST_BLOB]
        if large:
            limit = f"{LARGEST_BLOB // 1024**2} MB"
            self._gap(
                f"{len(large):,} blobs larger than {limit} were not read",
                "search them by hand, or take them out of the history",
            )
        rest = len(unread) - len(large)
        if rest:
            self._gap(
                f"{rest:,} of the blobs that git has were not read",
                "report this to the makers of launchready",
            )

    def _absent(self) -> int:
        git = self._repository.git
        if git is None or self._repository.shallow:
            return 0
        try:
            return len(git.absent())
        except Unreachable as error:
            self._gap(
                f"the history cannot be followed ({error})", "repair it: `git fsck` says what is broken"
            )
            return 0

    def _gap(self, detail: str, settle_by: str) -> None:
        self._searching.gap(ALL, f"incomplete: {detail}", settle_by)
