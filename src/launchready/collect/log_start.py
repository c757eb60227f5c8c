"""Collects `LogStart`: where each log ends as the run begins, so that it is known later what the run brought."""

from launchready.evidence.logs import LogStart
from launchready.wire import Wire


async def log_start(wire: Wire) -> LogStart:
    """Look once, before anything else has been done."""
    return LogStart(tuple(each.position() for each in wire.logs.files()))
