"""Name servers as a table: what is not in it is not there."""

from collections.abc import Callable, Mapping

import pytest

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.mailauth.known import Known
from launchready.verdict import Cause

Table = Mapping[str, str | tuple[str, ...]]


class Zone(Known):
    """Answers everything at once: TXT by name, other kinds as "MX example.com"; "?" is told by nobody."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.asked: list[str] = []

    def look_up(self, name: str, kind: str) -> Answer:
        name = name.lower().rstrip(".")
        self.asked.append(name)
        found = self.table.get(f"{kind} {name}", self.table.get(name, ()) if kind == "TXT" else ())
        texts = (found,) if isinstance(found, str) else found
        if "?" in texts:
            why = Missing(Cause.UNREACHABLE, f"nobody told {kind} of {name}", "ask again")
            return Answer(name, kind, "untold", why=why, trouble="timeout")
        aliases = tuple(each[3:] for each in texts if each.startswith("-> "))
        records = tuple(sorted(each for each in texts if not each.startswith("-> ")))
        if records:
            return Answer(name, kind, "present", records, aliases)
        there = any(key.rpartition(" ")[2] == name for key in self.table)
        return Answer(name, kind, "absent", aliases=aliases, no_such_name=not there)


@pytest.fixture
def zone() -> Callable[[Table], Zone]:
    return Zone
