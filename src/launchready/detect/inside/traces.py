"""Stack traces: lines as run-times write them. One line of a grammar that nothing else writes is enough."""

import re
from collections.abc import Iterator
from typing import Any

from launchready.detect.inside.betrayal import Betrayal

_ROOTED = r"(?:/|[A-Za-z]:[\\/])"
_FRAMES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    (
        "Python",
        re.compile(r"""^\s*File ["'][^"'\n]{1,300}["'], line \d+(?:, in \S+)?""", re.MULTILINE),
        1,
    ),
    (
        "Java",
        re.compile(
            r"^\s*at (?:[\w.@/-]{1,80}/)?(?:[\w$]{1,80}\.){1,20}[\w$<>]{1,80}"
            r"\((?:[\w$]{1,80}\.(?:java|kt|scala|groovy|clj)(?::\d+)?|Native Method|Unknown Source)\)",
            re.MULTILINE,
        ),
        1,
    ),
    (
        "JavaScript",
        re.compile(
            rf"^\s*at (?:async )?(?:[^\n(]{{1,160}} \()?(?:file://|node:|webpack(?:-internal)?:|internal/|{_ROOTED})"
            r"[^\s()]{1,300}:\d+:\d+\)?\s*$",
            re.MULTILINE,
        ),
        1,
    ),
    (
        "PHP",
        re.compile(
            rf"^\s*#\d{{1,3}} (?:\{{main\}}|{_ROOTED}[^\n(]{{1,300}}\(\d+\): |\[internal function\]: )",
            re.MULTILINE,
        ),
        1,
    ),
    (
        "Ruby",
        re.compile(
            rf"^\s*(?:from )?(?:{_ROOTED}|app/|lib/|config/)[^\s:]{{1,300}}\.(?:rb|erb|rake|ru|haml|slim)"
            r"(?:\.erb)?:\d+:in [`'][^'`\n]{1,200}'",
            re.MULTILINE,
        ),
        1,
    ),
    (
        ".NET",
        re.compile(
            r"^\s*\w{1,4} (?:[\w`]{1,80}\.){1,20}[\w.<>`\[\],|]{1,200}\([^)\n]{0,300}\) "
            rf"\w{{1,4}} {_ROOTED}[^\n:]{{1,300}}:\w{{1,8}} \d+",
            re.MULTILINE,
        ),
        1,
    ),
    (
        ".NET",
        re.compile(r"^\s*at (?:System|Microsoft)(?:\.[\w`<>]{1,80}){2,20}\([^)\n]{0,300}\)", re.MULTILINE),
        1,
    ),
    (
        "Go",
        re.compile(
            r"^goroutine \d+ \[[a-z .]{2,30}(?:, \d+ minutes)?\]:|^\s*/[^\s:]{1,300}\.go:\d+ \+0x[0-9a-f]+",
            re.MULTILINE,
        ),
        1,
    ),
    ("Rust", re.compile(r"^thread '[^'\n]{1,80}'(?: \(\d+\))? panicked at ", re.MULTILINE), 1),
    ("Elixir", re.compile(r"^\s*\([a-z_]+ \d+\.\d+[^)\n]{0,20}\) \S{1,300}\.exs?:\d+: ", re.MULTILINE), 1),
    ("Perl", re.compile(rf" at {_ROOTED}\S{{1,300}}\.(?:pl|pm|cgi|t) line \d+\.", re.MULTILINE), 1),
    (
        "PHP",
        re.compile(
            r"\b(?:Fatal error|Parse error|Warning|Notice|Deprecated)\s?: [^\n]{1,600}? in "
            rf"{_ROOTED}\S{{1,300}} on line \d+"
        ),
        1,
    ),
)
_FILE_KEYS = ("file", "fileName", "filename", "path")
_LINE_KEYS = ("line", "lineNumber", "lineno", "lineNo")
_DEEPEST = 30


def traces(lines: str, data: Any) -> Iterator[Betrayal]:
    """Traces in what a person reads, and in JSON that holds the frames as records."""
    told = set[str]()
    for language, frame, least in _FRAMES:
        frames = frame.findall(lines)
        if len(frames) >= least and language not in told:
            told.add(language)
            yield Betrayal("trace", f"a stack trace of {language}", str(frames[0]).strip())
    if not told and (record := _frame_in(data, 0)):
        yield Betrayal("trace", "a stack trace as JSON", record)


def _frame_in(data: Any, depth: int) -> str:
    """The source file of a record that names a file of code and the line in it; empty when there is none."""
    if depth > _DEEPEST:
        return ""
    if isinstance(data, dict):
        file = next((data[key] for key in _FILE_KEYS if isinstance(data.get(key), str)), "")
        line = next((data[key] for key in _LINE_KEYS if isinstance(data.get(key), int)), None)
        if line is not None and re.fullmatch(
            r".{1,300}\.(?:php|py|rb|java|kt|cs|js|ts|mjs|cjs|go|ex|exs|pl|pm)", file
        ):
            return file
        return next((found for value in data.values() if (found := _frame_in(value, depth + 1))), "")
    if isinstance(data, list):
        return next((found for value in data if (found := _frame_in(value, depth + 1))), "")
    return ""
