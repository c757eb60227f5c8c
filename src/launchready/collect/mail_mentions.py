"""Which services that send mail the portal's source names."""

import asyncio
from threading import Event

from launchready.evidence import Missing
from launchready.evidence.mail_domains import MailMentions, SendingService
from launchready.mailauth.mentions import LARGEST, may_mention, services_named
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.source_tree import Source

_MOST_FILES_TOLD = 3
"""Files told for one service."""


async def mail_mentions(wire: Wire) -> MailMentions:
    """Read code, settings and lists of dependencies; without a source there is nothing that could name one."""
    source = await wire.checkout.source()
    if source is None:
        return MailMentions()
    stop = Event()
    try:
        return await asyncio.to_thread(_read, source, stop)
    finally:
        stop.set()  # a thread cannot be ended from outside, but it looks


def _read(source: Source, stop: Event) -> MailMentions:
    where: dict[str, list[str]] = {}
    files = 0
    unread: list[str] = []
    for file in source.files():
        if stop.is_set():
            break
        if not may_mention(file.path) or len(file.data) > LARGEST:
            continue
        if file.unread:
            unread.append(file.path)
            continue
        files += 1
        for name in services_named(file.path, file.data.decode("utf-8", "replace")):
            where.setdefault(name, []).append(file.path)
    services = tuple(
        SendingService(name, tuple(paths[:_MOST_FILES_TOLD])) for name, paths in sorted(where.items())
    )
    gaps: tuple[Missing, ...] = ()
    if unread:
        why = f"{len(unread)} files of the source could not be read, such as {unread[0]}"
        gaps = (Missing(Cause.UNREACHABLE, why, "let them be read, then run the audit again"),)
    return MailMentions(services, files, gaps)
