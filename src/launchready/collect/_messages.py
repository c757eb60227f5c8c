"""What commits and tags say: people paste keys into messages too, and no file shows them."""

from bisect import bisect_right
from collections.abc import Iterable

from launchready.collect._searching import Searching
from launchready.evidence.secrets import Place
from launchready.wire.git_header import read_header
from launchready.wire.git_program import Git

_BATCH = 256 * 1024
"""Bytes of messages that are searched in one go: one by one, the calls would cost more than the search."""

_BETWEEN = b"\n\n\n"


def search_messages(git: Git, ids: Iterable[str], searching: Searching) -> None:
    """Search the messages of these commits and tags."""
    told: list[tuple[str, bytes]] = []
    starts: list[int] = []
    batch = bytearray()
    for name, data in git.contents(ids):
        header, _, message = data.partition(b"\n\n")
        starts.append(len(batch))
        told.append((name, header))
        batch += message + _BETWEEN
        if len(batch) > _BATCH:
            _search(bytes(batch), told, starts, searching)
            told, starts, batch = [], [], bytearray()
    _search(bytes(batch), told, starts, searching)


def _search(batch: bytes, told: list[tuple[str, bytes]], starts: list[int], searching: Searching) -> None:
    for found in searching.detector.find(batch):
        name, header = told[bisect_right(starts, found.start) - 1]
        tag, author, at = read_header(header)
        where = "message of " + (f"tag {tag}" if tag else f"commit {name[:10]}")
        place = Place("history", where, view=found.view, commit=name, author=author, at=at)
        with searching.lock:
            searching.gathering.add(found, place)
