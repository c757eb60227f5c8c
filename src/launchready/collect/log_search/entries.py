"""What one line of a log tells: of a request only, or of who did what, when, to what, and how it went. Pure.

Words are those that programs write into logs, which mostly are English; a name tells in any language.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from launchready.collect.log_search.needles import lines_of
from launchready.evidence.logs import Entry

_LONGEST = 20_000
"""Bytes of a line that are read for what it tells."""
_MOST_LINES = 300_000
"""Lines of one file that are read for what they tell."""
_MOST_ENTRIES = 3

_COMBINED = re.compile(
    r'^(?:\S+ )?\S+ \S+ \S+ \[[^\]]{10,}\] "|"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S+ HTTP/\d'
)
_REQUEST_LINE = re.compile(
    r"(?:^|[\s\"'\[(=])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\"']?[\s,:]+(?:[\w.-]+=)?[\"']?(?:https?://[^\s\"']+|/)\S*"
)
_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))
_PATH_KEYS = frozenset("path url uri request_uri requesturi originalurl target route request".split())
_EVENT_KEYS = frozenset(
    "event action event_type eventtype activity operation audit event_name eventname".split()
)
_TIME = re.compile(
    r"\d{4}[-/.]\d\d[-/.]\d\d[T _]\d\d:\d\d|\d\d/\w{3}/\d{4}:\d\d:\d\d|\b\w{3} [ \d]\d \d\d:\d\d:\d\d|"
    r"\b1[6-9]\d{8}(?:\.\d+|\d{3}|\d{6}|\d{9})?\b|\d\d?[./]\d\d?[./]\d{4}[, ]+\d\d?:\d\d"
)
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}\b", re.IGNORECASE)
SIGNING_IN = re.compile(
    r"log(?:ged|ging)?[\s_.-]?(?:in|on)\b|log(?:in|on)[\s_.:-]|sign(?:ed|ing)?[\s_.-]?in\b|auth(?!or)[\w]*|session[\s_.-]?"
    r"(?:start|creat|open|beg[au]n|establish)|password|credential|anmeld|einlog|connexion|authentif|inici[oa].{0,4}sesi"
    r"|entrou|accesso|aanmeld|inlog|logg(?:ade|et|a)[\s_]in|kirjaud|zalog|přihl|ログイン|登录|登入|로그인|вход|giriş",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"fail|invalid|incorrect|wrong|bad[\s_.-]|denied|refus|reject|unauthor|unknown|no such|not found|mismatch|unsuccess"
    r"|forbid|\b40[0134]\b|\bfalse\b|fehl|falsch|ungültig|échou|échec|invalide|fallid|incorrect|errad|mislukt|ongeldig"
    r"|misslyck|felaktig|失敗|失败|실패|неверн|ошибк",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:user|actor|account|subject|sub|uid|principal|member|customer|who|owner|usr)(?:[_.-]?(?:id|name|email))?[\"']?"
    r"\s*[:=]\s*[\"']?(?!null|none|nil|undefined|-|anonymous|[\"',}\s]|$)",
    re.IGNORECASE,
)
"""Somebody by a number, say, that cannot be told from here."""
_RESULT = re.compile(
    r"success|succeed|fail|ok\b|done|denied|refus|reject|allow|grant|granted|complet|\b[2345]\d\d\b|creat|updat|delet|error"
    r"|result|outcome|status|\btrue\b|\bfalse\b|signed[\s_]in|logged[\s_]in"
    r"|\b(?!(?:request|start|attempt|receiv|schedul|queu|expect|need|happen|occurr)ed|(?:sp|f|s|w|ind|proc|emb|exc)e?ed\b)[a-z]{2,}ed\b",
    re.IGNORECASE,
)
"""A regular verb in the past says that it was done: uploaded, invited, approved. That it was asked for says nothing."""


def is_combined(line: str) -> bool:
    """Whether a line is one of a web server's log in its usual form, which shows every address as it was asked."""
    return bool(_COMBINED.search(line))


def is_request(line: str) -> bool:
    """Whether a line tells of a request alone, as a web server writes one for each."""
    if _COMBINED.search(line):
        return True
    data = fields(line)
    if data is None:
        return bool(_REQUEST_LINE.search(line))
    flat = dict(_flat(data))
    keys = {key.rpartition(".")[2].lower() for key in flat}
    if keys & _EVENT_KEYS:
        return False
    has_method = any(isinstance(value, str) and value.upper() in _METHODS for value in flat.values())
    return (has_method and bool(keys & _PATH_KEYS)) or any(
        isinstance(value, str) and _REQUEST_LINE.match(value) for value in flat.values()
    )


def fields(line: str) -> dict[str, Any] | None:
    """The JSON object that a line is, or ends with; None where it holds none."""
    at = line.find("{")
    if at < 0 or not line.rstrip().endswith("}"):
        return None
    try:
        data = json.loads(line[at:])
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _flat(data: dict[str, Any], before: str = "", depth: int = 0) -> Iterable[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, dict) and depth < 4:
            yield from _flat(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", value


def shows(line: str, actors: Iterable[str], objects: Iterable[str] = ()) -> tuple[str, ...]:
    """What can be told from a line: time, actor, object, result, address; sorted as in this sentence."""
    low = line.lower()
    found = {
        "time": bool(_TIME.search(line)),
        "actor": any(each in low for each in actors) or bool(_NAMED.search(line)),
        "object": any(each in low for each in objects),
        "result": bool(_RESULT.search(line)),
        "address": bool(_ADDRESS.search(_TIME.sub("", line))),
    }
    return tuple(name for name, is_there in found.items() if is_there)


def is_sign_in(line: str) -> bool:
    """Whether a line that is no request tells of somebody who signed in."""
    return bool(SIGNING_IN.search(line)) and not REFUSED.search(_without_times(line))


def is_refused_sign_in(line: str) -> bool:
    """Whether a line that is no request tells of a sign-in that was refused."""
    return bool(SIGNING_IN.search(line)) and bool(REFUSED.search(_without_times(line)))


def _without_times(line: str) -> str:
    return _TIME.sub("", line)


def lines_in(blocks: Iterable[bytes]) -> Iterator[tuple[str, int]]:
    """Lines that say anything, each with the byte at which it begins; only the first ones of a very long stream."""
    at = count = 0
    for text, shared in lines_of(blocks):
        at -= shared
        for raw in text.splitlines(keepends=True):
            line = raw[:_LONGEST].decode("utf-8", "replace").strip()
            if line and count < _MOST_LINES:
                count += 1
                yield line, at
            at += len(raw)


def best(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The most telling ones."""
    ordered = sorted(dict.fromkeys(entries), key=lambda each: (-len(each.shows), each.log))
    return tuple(ordered[:_MOST_ENTRIES])


def names_of(*names: str) -> tuple[str, ...]:
    """What somebody may be called in a log, in lower case; an address by its hash too, as some keep it."""
    found = dict.fromkeys(name.lower() for name in names if len(name) >= 3)
    for name in tuple(found):
        if "@" in name:
            kinds = ("md5", "sha1", "sha256")
            found |= dict.fromkeys(
                hashlib.new(each, name.encode(), usedforsecurity=False).hexdigest() for each in kinds
            )
    return tuple(found)
