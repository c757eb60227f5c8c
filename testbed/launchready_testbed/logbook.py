"""What does the portal write down? A web server's log of requests, and the application's own log as lines of JSON.

`Logbook` is part of the world: a fault changes what is written, or writes more.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any

ACCESS = "access.log"
APPLICATION = "portal.log"
FILES = (ACCESS, APPLICATION)
_LONG = re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}(?=/|$)")
_FAILED = re.compile(r"fail|refus|denied|wrong")


@dataclass(frozen=True)
class Hit:
    """One request and how it was answered."""

    client: str
    method: str
    path: str
    query: str
    status: int
    size: int
    headers: dict[str, str]
    body: bytes
    """Empty unless somebody asks for bodies."""


Entry = dict[str, Any]


def sound_request(hit: Hit) -> str:
    """A line in the combined format, without the query, and without links that open something by themselves."""
    return combined(hit, _LONG.sub("***", hit.path))


def combined(hit: Hit, target: str) -> str:
    """A line as nginx and Apache write it."""
    when = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
    agent = hit.headers.get("user-agent", "-")
    return f'{hit.client} - - [{when}] "{hit.method} {target} HTTP/1.1" {hit.status} {hit.size} "-" "{agent}"'


def sound_entry(entry: Entry) -> Entry | None:
    """What somebody did, as it is."""
    return entry


@dataclass
class Logbook:
    """The logs of one world, in a folder."""

    folder: Path
    request: Callable[[Hit], str] = sound_request
    """The line of the web server's log."""
    entry: Callable[[Entry], Entry | None] = sound_entry
    """The entry of the application's log; None leaves it out."""
    taps: list[Callable[[Hit], str | None]] = field(default_factory=list)
    """Each may write one more line into the application's log at a request, whose body it is shown."""
    old: dict[str, str | bytes] = field(default_factory=dict)
    """Files that are there from the beginning."""
    silent: bool = False
    """Nothing is written at all."""

    def begin(self) -> None:
        """Empties the folder, and puts in what was written before today."""
        self.folder.mkdir(exist_ok=True)
        for path in self.folder.iterdir():
            path.unlink()
        for name in FILES:
            (self.folder / name).touch()
        (self.folder / "access.log.1").write_text(OLD_ACCESS)
        (self.folder / "portal.log.2.gz").write_bytes(gzip.compress(OLD_APPLICATION.encode(), mtime=0))
        for name, content in self.old.items():
            raw = content.encode() if isinstance(content, str) else content
            (self.folder / name).write_bytes(raw)

    def hit(self, hit: Hit) -> None:
        """Writes down a request."""
        self.write(ACCESS, self.request(hit))
        for tap in self.taps:
            line = tap(hit)
            if line is not None:
                self.write(APPLICATION, line)

    def tell(self, actor: str, action: str, subject: str, client: str) -> None:
        """Writes down what somebody did to what."""
        entry = self.entry(
            {
                "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "level": "info",
                "event": action,
                "actor": actor,
                "object": subject,
                "result": "failure" if _FAILED.search(action) else "success",
                "client": client,
            }
        )
        if entry is not None:
            self.write(APPLICATION, json.dumps(entry))

    def write(self, name: str, line: str) -> None:
        """Adds a line to a file."""
        if not self.silent:
            with (self.folder / name).open("ab", buffering=0) as file:
                file.write(line.encode("utf-8", "replace") + b"\n")


OLD_ACCESS = "".join(
    f"192.0.2.{n} - - [{formatdate(1_790_000_000 + n * 60)[5:16].replace(' ', '/')}:10:{n:02d}:00 +0000] "
    f'"GET /{path} HTTP/1.1" 200 {700 + n} "-" "Mozilla/5.0"\n'
    for n, path in enumerate(
        ("", "login", "help", "dashboard", "tickets/3", "api/v1/tickets", "assets/app.9f86d081.js")
    )
)
_OLD_ENTRIES: tuple[Entry, ...] = (
    {"event": "started", "version": "4.2.0", "commit": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"},
    {"event": "request", "request_id": "7f9c24e8-3b1a-4f6d-9a2e-0c55ad015a3b", "ms": 12},
    {"event": "failed to sign in", "actor": "nora@northwind.test", "password": "[FILTERED]"},
    {"event": "form refused", "errors": {"password": "is too short"}},
    {"event": "session renewed", "session": "sha256:" + "9f86d081884c7d65" * 4},
    {"event": "webhook sent", "headers": {"authorization": "Bearer ***"}, "status": 200},
    {"event": "card charged", "card": "**** **** **** 4242", "amount": 1299},
)
OLD_APPLICATION = "".join(
    json.dumps({"time": f"2026-09-21T10:{n:02d}:00Z", "level": "info", **entry}) + "\n"
    for n, entry in enumerate(_OLD_ENTRIES)
)
