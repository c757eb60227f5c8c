"""One pass over a stream for many texts at once, in the same space for any length. Pure.

All forms of all texts are one expression of RE2, whose speed hardly depends on how many they are. What was packed before
it was written (gzip or zlib, then base64 or hexadecimal) is unpacked and searched too.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import re2

Name = TypeVar("Name")

_MEMORY = 1 << 28
"""Bytes that the automaton may take; it is built as far as the text needs it."""
_LONGEST_LINE = 1 << 22
_OVERLAP = 1 << 16
_MOST_UNPACKED = 1 << 24
_PACKED = (
    rb"(?:H4sI|[^A-Za-z0-9+/_-]e(?:J|N|AE))[A-Za-z0-9+/_%\\-]{20,}"  # base64 of gzip and of zlib
    rb"|1[fF]8[bB]08[0-9a-fA-F]{30,}"
)
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})|\\[rn/]?")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Name]):
    """One form of one text.

    Attributes:
        name: what the text was called.
        view: how the form is called, with "gzip" and the like in front where it was packed.
        line: counted from 1.
        after: the bytes that follow, a few.
        before: the bytes in front, a few.
    """

    name: Name
    view: str
    line: int
    after: bytes = b""
    before: bytes = b""


def lines_of(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Blocks cut at ends of lines, each with how many of its bytes were given before: a part of a very long line."""
    rest = b""
    shared = 0
    for block in blocks:
        rest += block
        cut = rest.rfind(b"\n") + 1
        if cut:
            yield rest[:cut], shared
            rest, shared = rest[cut:], 0
        elif len(rest) >= _LONGEST_LINE:
            yield rest, shared
            rest, shared = rest[-_OVERLAP:], _OVERLAP
    if len(rest) > shared:
        yield rest, shared


class Needles(Generic[Name]):
    """Texts to be found."""

    def __init__(self, texts: Mapping[bytes, tuple[Name, str]]) -> None:
        """Prepare; `texts` gives for each form the name of what it stands for, and the name of the form."""
        self._texts = dict(texts)
        options = re2.Options()
        options.max_mem = _MEMORY
        options.encoding = re2.Options.Encoding.LATIN1
        options.log_errors = False
        literals = b"|".join(map(re2.escape, sorted(self._texts, key=len, reverse=True)))
        self._one = re2.compile(literals or rb"[^\x00-\xff]", options)
        self._all = re2.compile((literals + b"|" if literals else b"") + _PACKED, options)

    def __len__(self) -> int:
        return len(self._texts)

    def in_blocks(self, blocks: Iterable[bytes]) -> Iterator[Hit[Name]]:
        """Every hit in a stream, in order."""
        line = 1
        for text, shared in lines_of(blocks):
            at = 0
            for found in self._all.finditer(text):
                start, end = found.span()
                if end <= shared:
                    continue
                line += text.count(b"\n", max(at, shared), start)
                at = max(start, at, shared)
                known = self._texts.get(found.group())
                if known is not None:
                    yield Hit(*known, line, text[end : end + 80], text[max(0, start - 80) : start])
                else:
                    yield from self._in_packed(found.group(), line)
            line += text.count(b"\n", max(at, shared))

    def in_text(self, text: bytes) -> Iterator[tuple[Name, str]]:
        """What stands in a short text; nothing is unpacked."""
        for found in self._one.finditer(text):
            yield self._texts[found.group()]

    def _in_packed(self, text: bytes, line: int) -> Iterator[Hit[Name]]:
        for name, view in self.in_text(text):
            yield Hit(name, view, line)
        for how, unpacked in unpack(text):
            for name, view in self.in_text(unpacked):
                yield Hit(name, f"{how}, {view}" if view else how, line)


def unpack(text: bytes) -> Iterator[tuple[str, bytes]]:
    """What was packed and then written as text, as far as it is there."""
    text = text.lstrip(b" \"'=:,;([{<>\t\n\r")
    hexadecimal = text[:6].lower() == b"1f8b08"
    try:
        if hexadecimal:
            raw = bytes.fromhex(text[: len(text) // 2 * 2].decode("ascii"))
        else:
            plain = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)) if found[1] else b"", text)
            plain = plain.translate(bytes.maketrans(b"-_", b"+/"))
            raw = base64.b64decode(plain[: len(plain) // 4 * 4])
    except (ValueError, binascii.Error):
        return
    unpacking = zlib.decompressobj(31 if raw.startswith(b"\x1f\x8b") else 15)
    unpacked = b""
    try:
        # In small pieces, so that what was cut off gives what there is of it.
        for at in range(0, len(raw), 64):
            unpacked += unpacking.decompress(raw[at : at + 64], _MOST_UNPACKED - len(unpacked))
            if len(unpacked) >= _MOST_UNPACKED:
                break
    except zlib.error:
        pass
    if unpacked:
        name = "gzip" if raw.startswith(b"\x1f\x8b") else "zlib"
        yield f"{'hex' if hexadecimal else 'base64'}, {name}", unpacked
