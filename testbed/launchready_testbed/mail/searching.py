"""Which letters does a SEARCH mean? The keys of RFC 3501, section 6.4.4, that clients use."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Sequence
from email import message_from_bytes
from email.policy import default

from launchready_testbed.mail.post_office import Letter
from launchready_testbed.mail.syntax import SyntaxMistakeError, Token, numbers, words_of

Test = Callable[[int, Letter], bool]
"""Asked with a letter's place in the mailbox, from 1, and the letter."""

_FLAGS = {"SEEN": "\\Seen", "FLAGGED": "\\Flagged", "DELETED": "\\Deleted", "ANSWERED": "\\Answered"}


def search(letters: Sequence[Letter], keys: list[Token]) -> list[tuple[int, Letter]]:
    """Place and letter of each that fits all `keys`."""
    keys = keys[2:] if keys and isinstance(keys[0], str) and keys[0].upper() == "CHARSET" else keys
    if not keys:
        raise SyntaxMistakeError
    among = list(enumerate(letters, 1))
    if isinstance(keys[0], str) and keys[0].upper() == "UID" and len(keys) > 1:
        among = chosen(letters, words_of(keys[1]), uid=True)
    test = _all(keys, letters)
    return [(place, letter) for place, letter in among if test(place, letter)]


def chosen(letters: Sequence[Letter], written: str, *, uid: bool) -> list[tuple[int, Letter]]:
    """Place and letter of each in a set of places or uids, as `numbers` reads it; costs the same in a large folder."""
    last = (letters[-1].uid if letters else 0) if uid else len(letters)
    found: dict[int, Letter] = {}
    for each in numbers(written, last):
        start, end = each.start - 1, each.stop - 1
        if uid:
            start, end = (bisect_left(letters, number, key=_uid) for number in (each.start, each.stop))
        found.update(enumerate(letters[max(start, 0) : max(end, 0)], max(start, 0) + 1))
    return sorted(found.items())


def _uid(letter: Letter) -> int:
    return letter.uid


def _all(keys: list[Token], letters: Sequence[Letter]) -> Test:
    rest, tests = list(keys), []
    while rest:
        tests.append(_one(rest, letters))
    return lambda place, letter: all(test(place, letter) for test in tests)


def _one(rest: list[Token], letters: Sequence[Letter]) -> Test:
    """The test of the first key, which is taken from `rest` with what belongs to it."""
    if not rest:
        raise SyntaxMistakeError
    token = rest.pop(0)
    if isinstance(token, list):
        return _all(token, letters)
    key = words_of(token).upper()
    flag = _FLAGS.get(key.removeprefix("UN"))
    if flag:
        return lambda place, letter: (flag in letter.flags) != key.startswith("UN")
    if key in ("ALL", "OLD", "UNDRAFT"):
        return lambda place, letter: True
    if key in ("NEW", "RECENT", "DRAFT"):
        return lambda place, letter: False
    if key == "NOT":
        test = _one(rest, letters)
        return lambda place, letter: not test(place, letter)
    if key == "OR":
        first, second = _one(rest, letters), _one(rest, letters)
        return lambda place, letter: first(place, letter) or second(place, letter)
    if key[:1].isdigit() or key.startswith("*"):
        places = list(numbers(key, len(letters)))
        return lambda place, letter: any(place in each for each in places)
    if not rest:
        raise SyntaxMistakeError
    return _with_argument(key, words_of(rest.pop(0)), rest, letters)


def _with_argument(key: str, argument: str, rest: list[Token], letters: Sequence[Letter]) -> Test:
    if key == "UID":
        uids = list(numbers(argument, letters[-1].uid if letters else 0))
        return lambda place, letter: any(letter.uid in each for each in uids)
    if key == "X-GM-RAW":
        return _as_gmail(argument)
    if key in ("SINCE", "BEFORE", "ON", "SENTSINCE", "SENTBEFORE", "SENTON"):
        return _by_day(key.removeprefix("SENT"), _day(argument))
    if key in ("LARGER", "SMALLER"):
        size = int(argument)
        return lambda place, letter: len(letter.raw) > size if key == "LARGER" else len(letter.raw) < size
    wanted = argument.lower()
    if key == "HEADER":
        if not rest:
            raise SyntaxMistakeError
        wanted = words_of(rest.pop(0)).lower()
        return lambda place, letter: any(wanted in value.lower() for value in _header(letter, argument))
    if key in ("FROM", "TO", "CC", "BCC", "SUBJECT"):
        return lambda place, letter: any(wanted in value.lower() for value in _header(letter, key))
    if key in ("BODY", "TEXT"):
        return lambda place, letter: wanted in _text(letter, whole=key == "TEXT").lower()
    raise SyntaxMistakeError


def _as_gmail(words: str) -> Test:
    """The search words of Gmail's own pages that name a category."""
    name, _, value = words.strip('"').partition(":")
    if name.lower() != "category":
        raise SyntaxMistakeError
    return lambda place, letter: letter.category == value.lower()


def _by_day(key: str, day: datetime.date) -> Test:
    if key == "ON":
        return lambda place, letter: letter.arrived.date() == day
    if key == "SINCE":
        return lambda place, letter: letter.arrived.date() >= day
    return lambda place, letter: letter.arrived.date() < day


def _day(written: str) -> datetime.date:
    """A day such as 7-Nov-2026."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    try:
        day, month, year = written.split("-")
        return datetime.date(int(year), months.index(month.capitalize()) + 1, int(day))
    except ValueError:
        raise SyntaxMistakeError from None


def _header(letter: Letter, name: str) -> list[str]:
    values = message_from_bytes(letter.raw, policy=default).get_all(name, [])
    return [str(value) for value in values]


def _text(letter: Letter, *, whole: bool) -> str:
    message = message_from_bytes(letter.raw, policy=default)
    texts = [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    heads = [f"{name}: {value}" for name, value in message.items()] if whole else []
    return "\n".join(heads + texts)
