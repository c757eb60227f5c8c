"""What does a FETCH show of a letter? The items of RFC 3501, section 6.4.5, that need no view of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from launchready_testbed.mail.post_office import Letter
from launchready_testbed.mail.syntax import SyntaxMistakeError, Token, words_of

_FAST = ("FLAGS", "INTERNALDATE", "RFC822.SIZE")
_BODY = re.compile(
    r"BODY(?P<peek>\.PEEK)?\[(?P<section>[^\]]*)\](?:<(?P<start>\d+)\.(?P<count>\d+)>)?", re.IGNORECASE
)


def items(wanted: Token, *, uid: bool) -> list[str]:
    """The names of what is asked for; `uid` adds the UID, as after UID FETCH."""
    names = wanted if isinstance(wanted, list) else [wanted]
    # A section such as BODY[HEADER.FIELDS (TO FROM)] reads as one atom; its words keep their case.
    found = [words_of(each) for each in names]
    found = [name for each in found for name in (_FAST if each.upper() == "FAST" else (each,))]
    if uid and not any(name.upper() == "UID" for name in found):
        found.append("UID")
    return found


def marks_seen(names: Iterable[str]) -> bool:
    """Whether showing these marks a letter as seen, where that can be kept."""
    return any(
        name.upper() in ("RFC822", "RFC822.TEXT") or ((body := _BODY.fullmatch(name)) and not body["peek"])
        for name in names
    )


def shown(letter: Letter, name: str) -> bytes:
    """Name and value of one item as the answer holds them."""
    upper = name.upper()
    if upper == "UID":
        return b"UID %d" % letter.uid
    if upper == "FLAGS":
        return b"FLAGS (" + " ".join(sorted(letter.flags)).encode() + b")"
    if upper == "X-GM-LABELS":
        return (
            b"X-GM-LABELS (" + " ".join(f'"{quoted_label(each)}"' for each in letter.labels).encode() + b")"
        )
    if upper == "RFC822.SIZE":
        return b"RFC822.SIZE %d" % len(letter.raw)
    if upper == "INTERNALDATE":
        return f'INTERNALDATE "{letter.arrived:%d-%b-%Y %H:%M:%S +0000}"'.encode()
    if upper in ("RFC822", "RFC822.HEADER", "RFC822.TEXT"):
        section = upper.removeprefix("RFC822").removeprefix(".")
        return _literal(upper, _section(letter, section))
    body = _BODY.fullmatch(name)
    if body is None:
        raise SyntaxMistakeError
    content = _section(letter, body["section"])
    label = f"BODY[{body['section'].upper()}]"
    if body["start"] is not None:
        start = int(body["start"])
        content = content[start : start + int(body["count"])]
        label += f"<{start}>"
    return _literal(label, content)


def quoted_label(label: str) -> str:
    """A label inside quotation marks."""
    return label.replace("\\", "\\\\")


def _literal(label: str, content: bytes) -> bytes:
    return f"{label} {{{len(content)}}}\r\n".encode() + content


def _section(letter: Letter, section: str) -> bytes:
    head, blank, text = letter.raw.partition(b"\r\n\r\n")
    head += blank
    upper = section.upper()
    if upper == "":
        return letter.raw
    if upper == "HEADER":
        return head
    if upper == "TEXT":
        return text
    fields = re.fullmatch(r"HEADER\.FIELDS(\.NOT)? \(([^)]*)\)", upper)
    if fields is None:
        raise SyntaxMistakeError
    names = {name.strip('"').encode() for name in fields[2].split()}
    lines = re.findall(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*", head)
    kept = [line for line in lines if (line.partition(b":")[0].upper() in names) == (fields[1] is None)]
    return b"".join(kept) + b"\r\n"
