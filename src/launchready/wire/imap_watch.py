"""What lands in a mailbox while one waits, in whatever folder. Only what comes after the beginning is ever read.

The number that the next message of each folder will get is noted first, so a mailbox with 50,000 messages costs the same
as an empty one. One session serves all who wait.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from launchready.errors import WireError
from launchready.wire.imap_folders import Folder, folders_of, gmail_place
from launchready.wire.imap_session import Message, Session, candidates, message_of, newest_uid, too_old

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
"""Seconds between two looks."""
EVERYWHERE = 5
"""Looks after which the unlikely folders have their turn too."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A message, where it lay, and when it was seen there.

    Attributes:
        place: inbox, junk, trash, archive, a tab of Gmail's inbox (promotions, updates, social, forums), or the folder's
            own name in lower case.
        message: the message.
        at: seconds of the monotonic clock.
    """

    place: str
    message: Message
    at: float


@dataclass(slots=True)
class _Mark:
    """Up to where a folder is known.

    Attributes:
        validity: its UIDVALIDITY.
        next: the number that its next message will get.
        since: what is older was there before: a number, or a moment where the numbers began anew.
        read: numbers of the messages since then that were read.
        is_behind: it was said to hold something newer that could not be read yet.
    """

    validity: str
    next: int
    since: int | datetime
    read: set[int] = field(default_factory=set)
    is_behind: bool = False


class Watch:
    """Looks on; `first` waits for something, `landed` is all so far. Made by `ImapWire.watch`."""

    def __init__(self, begun: datetime) -> None:
        self._begun = begun.replace(microsecond=0)
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._ended = threading.Event()
        self._sweep = threading.Event()
        self._sweeps_wanted = self._sweeps_done = 0
        self._marks: dict[str, _Mark] = {}
        self.landed: list[Landed] = []
        self.is_armed = False
        self.why: WireError | None = None

    async def armed(self) -> None:
        """Wait until it is known what was there before.

        Raises:
            WireError: the mailbox cannot be read.
        """
        while not self.is_armed:
            if self.why is not None:
                raise self.why
            await self._change()

    async def first(self, wanted: Callable[[Landed], bool], until: float) -> Landed | None:
        """The first that is wanted; None when none has come.

        Args:
            wanted: asked once for each message.
            until: a moment of the monotonic clock.

        Raises:
            WireError: the mailbox can no longer be read.
        """
        asked = 0
        while True:
            for each in self.landed[asked:]:
                asked += 1
                if wanted(each):
                    return each
            if self.why is not None:
                raise self.why
            left = until - time.monotonic()
            if left <= 0:
                return None
            try:
                async with asyncio.timeout(left):
                    await self._change()
            except TimeoutError:
                await self.swept()

    async def swept(self) -> None:
        """Have every folder looked into once more from now on."""
        self._sweeps_wanted += 1
        goal = self._sweeps_wanted
        self._sweep.set()
        while self._sweeps_done < goal and self.why is None:
            await self._change()

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._sweep.set()

    def fail(self, error: WireError) -> None:
        """It cannot be looked at any longer."""
        self.why = error
        self._changed.set()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def go_on(self, session: Session) -> None:
        """The looking itself, in a thread and in a session that was just opened; ends when told to."""
        folders = folders_of(session)
        for folder in folders:
            if folder.name not in self._marks and (mark := _mark(session, folder)) is not None:
                self._marks[folder.name] = mark
        self._tell(self._arm)
        looks, pause, done = 0, FIRST_PAUSE, self._sweeps_done
        while not self._ended.is_set():
            looks += 1
            self._sweep.clear()
            wanted = self._sweeps_wanted  # those that are wanted from here on have another look
            sweeps = wanted > done
            for folder in folders:
                if (folder.likely or sweeps or looks % EVERYWHERE == 0) and folder.name in self._marks:
                    self._look(session, folder)
            if sweeps:
                done = wanted
                self._tell(self._swept, done)
            elif not self._sweep.wait(pause):
                pause = min(pause * 1.3, LONGEST_PAUSE)

    def _look(self, session: Session, folder: Folder) -> None:
        known, now = self._marks[folder.name], _mark(session, folder)
        if now is None:
            return
        if now.validity != known.validity:
            now.since = self._begun
        elif now.next == known.next and not known.is_behind:
            return
        else:
            now.since, now.read = known.since, known.read
        there = candidates(session, now.since, "")
        for uid in there:
            message = None if uid in now.read else message_of(session, uid)
            if message is None:
                continue
            now.read.add(uid)
            if too_old(message, now.since):
                continue
            if place := gmail_place(session, uid) if folder.place == "all" else folder.place:
                self._tell(self._take, Landed(place, message, time.monotonic()))
        # A message may be counted before it can be found or fetched: then the folder is looked into again.
        now.is_behind = not {*there} <= now.read or max(there, default=0) + 1 < now.next
        self._marks[folder.name] = now

    def _tell(self, what: Callable[..., None], *given: object) -> None:
        self._loop.call_soon_threadsafe(what, *given)

    def _arm(self) -> None:
        self.is_armed = True
        self._changed.set()

    def _take(self, landed: Landed) -> None:
        self.landed.append(landed)
        self._changed.set()

    def _swept(self, done: int) -> None:
        self._sweeps_done = done
        self._changed.set()


def _mark(session: Session, folder: Folder) -> _Mark | None:
    """How far the folder is now; None for one that cannot be examined."""
    if session.select(folder.name, readonly=True)[0] != "OK":
        return None
    validity = session.response("UIDVALIDITY")[1]
    told = validity[-1].decode("ascii", "replace") if validity and validity[-1] else ""
    newest = newest_uid(session)
    return _Mark(told, newest + 1, newest)
