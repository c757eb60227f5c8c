"""What did a mail client say? The grammar of IMAP4rev1 (RFC 3501) as far as a mailbox that is only read needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

Token = str | bytes | list["Token"]
"""An atom as text; a quoted string or literal as bytes; a list in parentheses."""

LITERAL = re.compile(rb"\{(\d+)(\+?)\}\r\n\Z")
"""At the end of a line: so many octets follow; with a plus the client does not wait for leave."""
_PART = re.compile(
    rb'"((?:[^"\\\r\n]|\\["\\])*)"|\{(\d+)\+?\}\r\n|([()])|((?:[^\s()"{\[]|\[[^\]]*\](?:<[\d.]+>)?)+)| +'
)


class SyntaxMistakeError(Exception):
    """The line is not one of the grammar."""


def parse(line: bytes) -> list[Token]:
    """The tokens of a whole command, its literals included."""
    tokens, position = _read(line.removesuffix(b"\r\n"), 0, depth=0)
    if position < len(line.removesuffix(b"\r\n")):
        raise SyntaxMistakeError
    return tokens


def _read(line: bytes, position: int, depth: int) -> tuple[list[Token], int]:
    """Tokens up to the parenthesis that closes this depth, or to the end."""
    tokens: list[Token] = []
    while position < len(line):
        found = _PART.match(line, position)
        if found is None:
            raise SyntaxMistakeError
        position = found.end()
        quoted, literal, bracket, atom = found.groups()
        if quoted is not None:
            tokens.append(re.sub(rb"\\(.)", rb"\1", quoted))
        elif literal is not None:
            tokens.append(line[position : position + int(literal)])
            position += int(literal)
        elif bracket == b"(":
            inner, position = _read(line, position, depth + 1)
            tokens.append(inner)
        elif bracket == b")":
            if not depth:
                raise SyntaxMistakeError
            return tokens, position
        elif atom is not None:
            tokens.append(atom.decode("ascii", "replace"))
    if depth:
        raise SyntaxMistakeError
    return tokens, position


def words_of(token: Token) -> str:
    """A token that must be a string of any kind."""
    if isinstance(token, list):
        raise SyntaxMistakeError
    return token if isinstance(token, str) else token.decode("utf-8", "replace")


def quoted(name: str) -> str:
    """A name as the server writes it."""
    return name if name.isalnum() else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def numbers(written: str, last: int) -> Iterator[range]:
    """The ranges of a set such as "1:3,7,9:*", where * is `last`."""
    if not re.fullmatch(r"(\d+|\*)(:(\d+|\*))?(,(\d+|\*)(:(\d+|\*))?)*", written):
        raise SyntaxMistakeError
    for part in written.split(","):
        ends = [last if end == "*" else int(end) for end in part.split(":")]
        yield range(min(ends), max(ends) + 1)
