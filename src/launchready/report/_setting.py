"""Where a report is going to be read: what a renderer may know besides the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Setting:
    """Surroundings of a rendering.

    Attributes:
        attachments: folder that holds the screenshots named in the report; None where there is none.
        width: columns of the terminal.
        colour: whether the terminal may show colour; it never says more than the words do.
        unicode: whether characters beyond ASCII can be shown.
        files: what was written where, as (what, path), to be named at the end.
    """

    attachments: Path | None = None
    width: int = 80
    colour: bool = False
    unicode: bool = True
    files: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_stream(
        cls,
        stream: TextIO,
        environment: Mapping[str, str],
        attachments: Path | None = None,
        files: tuple[tuple[str, str], ...] = (),
    ) -> "Setting":
        """What can be shown on this stream: no colour into pipes, for NO_COLOR or on dumb terminals."""
        terminal = stream.isatty() and environment.get("TERM") != "dumb"
        return cls(
            attachments=attachments,
            width=min(max(get_terminal_size((80, 24)).columns, 40), 120) if terminal else 80,
            colour=terminal and not environment.get("NO_COLOR"),
            unicode=_can_show(stream.encoding, "…✓≥é"),
            files=files,
        )


def _can_show(encoding: str | None, characters: str) -> bool:
    try:
        characters.encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
