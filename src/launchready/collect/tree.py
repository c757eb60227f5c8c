"""Secrets in the source as it lies on this machine, with what git does not keep."""

import asyncio
from threading import Event

from launchready.collect._searching import Searching, in_threads, large_file_id
from launchready.collect.history import UNNAMED
from launchready.errors import Unreachable
from launchready.evidence.secrets import Gap, Place, Search, TreeSecrets
from launchready.wire import Wire
from launchready.wire.source_tree import Source, SourceFile

ALL = "the working tree"


async def tree_secrets(wire: Wire) -> TreeSecrets:
    """Read every file of the source's folder that its own people may have written."""
    source = await wire.checkout.source()
    if source is None:
        return TreeSecrets(Search("", gaps=(Gap(ALL, UNNAMED),)))
    stop = Event()
    search = _TreeSearch(source, Searching(wire.detector, wire.redact, wire.key_providers.remember))
    try:
        return await asyncio.to_thread(search.run, stop)
    finally:
        stop.set()  # a thread cannot be ended from outside, but it looks


class _TreeSearch:
    """One search of one folder."""

    def __init__(self, source: Source, searching: Searching) -> None:
        self._source = source
        self._searching = searching
        self._kept: frozenset[str] | None = None
        self._shared: frozenset[str] | None = None

    def run(self, stop: Event) -> TreeSecrets:
        """Search all of it."""
        try:
            self._kept, self._shared = self._source.kept(), self._source.shared()
        except Unreachable as error:
            # Which files are ignored is not known then: what they hold is told, and is no finding.
            self._kept = self._shared = frozenset()
            self._searching.gap(ALL, f"which files git ignores could not be told: {error}", error.settle_by)
        in_threads(self._source.files(), self._look_at_some, lambda file: len(file.data), stop)
        counts = dict(self._searching.counts)
        if self._source.installed:
            counts["folders of installed packages passed over"] = self._source.installed
        order = ("files", "bytes")
        first = [(what, counts.pop(what, 0)) for what in order]
        return TreeSecrets(self._searching.search((*first, *sorted(counts.items()))))

    def _look_at_some(self, files: list[SourceFile]) -> None:
        for file in files:
            self._look(file)

    def _look(self, file: SourceFile) -> None:
        if file.unread:
            self._not_read(file.path, file.unread, "let it be read, or move it out of the source's folder")
            return
        with self._searching.lock:
            self._searching.counts["files"] += 1
            self._searching.counts["bytes"] += len(file.data)
        if large_file_id(file.data):
            settle = "get it with `git lfs pull`, then run the audit again"
            self._not_read(file.path, "incomplete: a Git LFS pointer instead of the file", settle)
            return
        for path, found in self._searching.found(file.data, file.path):
            surface = self._surface(file.path)
            with self._searching.lock:
                for each in found:
                    self._searching.gathering.add(each, Place(surface, path, each.line, each.view))

    def _not_read(self, path: str, why: str, settle_by: str) -> None:
        if self._surface(path) != "ignored file":
            self._searching.gap(path, why, settle_by)

    def _surface(self, path: str) -> str:
        if self._kept is None or path in self._kept:
            return "tree"
        if self._shared is not None and path in self._shared:
            return "untracked file"
        # An unreadable folder stands for all that is in it.
        inside = path.endswith("/") and any(each.startswith(path) for each in self._kept)
        return "tree" if inside else "ignored file"
