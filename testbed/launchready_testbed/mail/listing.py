"""Which folders does a LIST mean? RFC 3501, section 6.3.8, and as far as special uses go RFC 5258 and RFC 6154."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from launchready_testbed.mail.post_office import Folder
from launchready_testbed.mail.syntax import SyntaxMistakeError, Token, quoted, words_of


@dataclass(frozen=True)
class Listing:
    """One LIST command."""

    pattern: str
    only_special: bool = False
    """Whether only folders of a special use are wanted."""

    @classmethod
    def of(cls, arguments: list[Token]) -> Listing:
        """From what stands after LIST; what is to be returned is returned anyhow."""
        chosen: list[Token] = []
        if arguments and isinstance(arguments[0], list):
            chosen, arguments = arguments[0], arguments[1:]
        if len(arguments) < 2:
            raise SyntaxMistakeError
        reference, pattern = words_of(arguments[0]), words_of(arguments[1])
        return cls(reference + pattern, any(words_of(each).upper() == "SPECIAL-USE" for each in chosen))

    def lines(self, folders: Iterable[Folder]) -> Iterator[str]:
        """The answers."""
        if self.pattern == "":
            yield '* LIST (\\Noselect) "/" ""'
            return
        parts = (
            ".*" if part == "*" else "[^/]*" if part == "%" else re.escape(part)
            for part in re.split(r"([*%])", self.pattern)
        )
        wanted = re.compile("".join(parts), re.IGNORECASE if self.pattern.upper() == "INBOX" else 0)
        for folder in folders:
            special = [each for each in folder.attributes.split() if each not in ("\\Noselect", "\\Marked")]
            if wanted.fullmatch(folder.name) and (special or not self.only_special):
                attributes = f"\\HasNoChildren {folder.attributes}".strip()
                if "\\Noselect" in attributes:
                    attributes = "\\HasChildren \\Noselect"
                yield f'* LIST ({attributes}) "/" {quoted(folder.name)}'
