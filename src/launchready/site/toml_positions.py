"""On which line of a TOML text does each value stand? The standard library's parser does not say.

The text has been parsed before, so it is known to be valid: this walk need not find faults, only places. A
place is the path of keys and array indices by which the parsed value is reached: `("identity", 0, "name")`. A
key in an inline table has its own line, as have the entries of an array; a table has the line of its header,
or of its first key.
"""

import re
import tomllib
from bisect import bisect_right

Place = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'  # up to two more quotes belong to the text before the closing three
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


def positions(text: str) -> dict[Place, int]:
    """The line, counted from 1, of every table, key and array entry of a valid TOML text, by its path.

    Raises:
        ValueError: the text is not valid TOML after all.
    """
    return _Walk(text).places


class _Walk:
    """One pass over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Place, int] = {}
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._tables: dict[Place, int] = {}  # how many tables each array of tables has so far
        self._document()

    def _document(self) -> None:
        table: Place = ()
        while self._next():
            if self._take("[["):
                table = self._header(repeated=True)
                self._expect("]]")
            elif self._take("["):
                table = self._header(repeated=False)
                self._expect("]")
            else:
                self._pair(table)

    def _header(self, *, repeated: bool) -> Place:
        """The path of the table that begins here; an array of tables on the way means its last so far."""
        keys, line = self._key(), self._line()
        table: Place = ()
        for depth, key in enumerate(keys, 1):
            table = (*table, key)
            self.places.setdefault(table, line)
            if repeated and depth == len(keys):
                self._tables[table] = self._tables.get(table, 0) + 1
            if table in self._tables:
                table = (*table, self._tables[table] - 1)
                self.places.setdefault(table, line)
        return table

    def _pair(self, table: Place) -> None:
        line = self._line()
        for key in self._key():
            table = (*table, key)
            self.places.setdefault(table, line)
        self._expect("=")
        self._value(table)

    def _key(self) -> list[str]:
        """A key, dotted or not, quoted or not, as its parts."""
        parts = []
        while True:
            self._next()
            if quoted := _STRING.match(self.text, self.at):
                parts.append(tomllib.loads(f"key = {quoted.group()}")["key"])
            elif not (quoted := _BARE_KEY.match(self.text, self.at)):
                raise ValueError(f"no key at line {self._line()}")
            else:
                parts.append(quoted.group())
            self.at = quoted.end()
            if not self._take("."):
                return parts

    def _value(self, place: Place) -> None:
        self._next()
        if self._take("["):
            entry = 0
            while not self._take("]"):
                self._next()
                self.places[(*place, entry)] = self._line()
                self._value((*place, entry))
                self._take(",")
                entry += 1
        elif self._take("{"):
            while not self._take("}"):
                self._next()
                self._pair(place)
                self._take(",")
        elif found := _STRING.match(self.text, self.at) or _BARE_VALUE.match(self.text, self.at):
            self.at = found.end()
        else:
            raise ValueError(f"no value at line {self._line()}")

    def _next(self) -> bool:
        """Go to what comes after blanks, line breaks and comments; whether there is anything."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _take(self, mark: str) -> bool:
        """Step over this mark, if it comes next."""
        self._next()
        taken = self.text.startswith(mark, self.at)
        self.at += len(mark) if taken else 0
        return taken

    def _expect(self, mark: str) -> None:
        if not self._take(mark):
            raise ValueError(f"no {mark} at line {self._line()}")

    def _line(self) -> int:
        return bisect_right(self._line_starts, self.at)
