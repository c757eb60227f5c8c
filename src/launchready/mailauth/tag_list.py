"""Lists of `tag=value` with semicolons between, as DKIM, DMARC, MTA-STS and TLS reports write their records."""

import re
from dataclasses import dataclass

_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*?)\s*", re.DOTALL | re.ASCII)
_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class TagList:
    """A record taken apart.

    Attributes:
        tags: values by tag, in the order of the record; of a tag that is repeated, the first.
        faults: what is wrong with the writing, in words.
    """

    tags: dict[str, str]
    faults: tuple[str, ...] = ()


def read_tags(text: str) -> TagList:
    """Take a record apart (RFC 6376, section 3.2). Names of tags are kept as written: they mind case."""
    tags: dict[str, str] = {}
    faults: list[str] = []
    for part in text.split(";"):
        if not part.strip(_BLANKS):
            continue
        found = _TAG.fullmatch(part)
        if found is None:
            faults.append(f"{shown(part.strip(_BLANKS))} is no tag with a value")
        elif found[1] in tags:
            faults.append(f"the tag {found[1]} is there twice")
        else:
            tags[found[1]] = found[2]
    if odd := sorted({each for each in text if not " " <= each <= "~" and each != "\t"}):
        faults.append(f"it has characters that such a record cannot have ({', '.join(map(_named, odd))})")
    return TagList(tags, tuple(faults))


def shown(text: str) -> str:
    """A piece of a record as a sentence quotes it."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return f'"{short}"'


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
