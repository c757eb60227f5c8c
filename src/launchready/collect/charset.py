"""Bytes to text as browsers do it; what cannot be read is replaced, and nothing raises."""

import codecs
import re

_PARAMETER = re.compile(r"""charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{1,40})""", re.IGNORECASE)
_LABELS = dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii"), "windows-1252")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(body: bytes, content_type: str) -> str:
    """The text, by byte order mark, then header, then <meta>, then UTF-8; what cannot be read is replaced."""
    named = _PARAMETER.search(content_type)
    declared = _META.search(body[:1024])
    label = named[1] if named else declared[1].decode("ascii") if declared else "utf-8"
    if not named and label.lower().startswith("utf-16"):
        label = "utf-8"  # the standard's rule: a <meta> that could be read as ASCII cannot mean UTF-16
    label = next((name for mark, name in _BOMS if body.startswith(mark)), label)
    try:
        return body.decode(_LABELS.get(label.lower(), label), "replace")
    except (LookupError, UnicodeError):
        return body.decode("utf-8", "replace")
