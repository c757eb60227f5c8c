"""What was answered in this run, so that nobody has to ask twice. Raw: never evidence."""

from launchready.evidence.http import Exchange

ROOM = 64 << 20
"""Bytes kept in memory; what comes later is not kept, and may be asked again."""

_NOT_TEXT = tuple(
    """image/ font/ audio/ video/ application/pdf application/zip application/gzip application/x-gzip application/x-tar
    application/x-7z application/msword application/vnd.ms- application/vnd.openxmlformats application/vnd.oasis""".split()
)


class Bodies:
    """Bodies of answers by their digest: equal ones are kept once."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: dict[str, bytes] = {}

    def keep(self, exchange: Exchange, body: bytes) -> None:
        """Keep the body of an answer to a GET that a person could read, while there is room."""
        if exchange.method != "GET" or not is_text(exchange) or exchange.digest in self._kept:
            return
        if 0 < len(body) <= self._room:
            self._room -= len(body)
            self._kept[exchange.digest] = body

    def of(self, exchange: Exchange) -> bytes | None:
        """What was read; None where it was not kept."""
        return self._kept.get(exchange.digest) if exchange.size else b""


def is_text(exchange: Exchange) -> bool:
    """Whether an answer is made of words as they stand: no picture, font, sound, film, archive or packed document."""
    media_type = exchange.media_type
    return not media_type.startswith(_NOT_TEXT) or media_type == "image/svg+xml"
