"""What stands above the message of a commit or tag: who made it, and when."""

from datetime import UTC, datetime
from typing import NamedTuple


class Header(NamedTuple):
    """Of a commit or tag.

    Attributes:
        tag: its name, where it is a tag.
        author: who wrote it, or tagged it.
        at: when it was committed or tagged, ISO 8601 in UTC; empty where no calendar has that time.
    """

    tag: str
    author: str
    at: str


def read_header(data: bytes) -> Header:
    """Read lines such as `author Ada Example <ada@example.com> 1600000000 +0000`; a message after them is passed over."""
    header = data.partition(b"\n\n")[0].decode("utf-8", "replace")
    lines = dict(line.partition(" ")[::2] for line in reversed(header.split("\n")))
    tag = lines.get("tag", "")
    signed = lines.get("tagger" if tag else "committer", "")
    author = lines.get("author", signed).partition(" <")[0]
    seconds = signed.rpartition("> ")[2].partition(" ")[0]
    return Header(tag, author, utc(int(seconds)) if seconds.isdecimal() else "")


def utc(seconds: int) -> str:
    """A time as evidence holds it; years that no calendar has are left out."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError, OSError):
        return ""
