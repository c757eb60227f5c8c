"""The dates of Expires, which browsers read more liberally than any other date: RFC 6265bis, section 5.1.1. Pure."""

import re
from datetime import UTC, datetime

_DELIMITERS = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D.*)?", re.ASCII | re.DOTALL)
_DAY = re.compile(r"(\d{1,2})(?:\D.*)?", re.ASCII | re.DOTALL)
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"(\d{2,4})(?:\D.*)?", re.ASCII | re.DOTALL)
_PARTS = (("time", _TIME), ("day", _DAY), ("month", _MONTH), ("year", _YEAR))
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_EARLIEST = 1601


def cookie_date(text: str) -> datetime | None:
    """The moment that this text names, UTC; None where browsers take it for no date."""
    found: dict[str, tuple[str, ...]] = {}
    for token in filter(None, _DELIMITERS.split(text)):
        for part, pattern in _PARTS:
            if part not in found and (match := pattern.fullmatch(token)):
                found[part] = match.groups()
                break
    if len(found) < len(_PARTS):
        return None
    hour, minute, second = map(int, found["time"])
    year = int(found["year"][0])
    year += 1900 if 70 <= year <= 99 else 2000 if year <= 69 else 0
    if year < _EARLIEST:
        return None
    try:
        month, day = _MONTHS.index(found["month"][0].lower()) + 1, int(found["day"][0])
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
