"""What is a case of the lab, and what may a check say of it?"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from launchready_testbed.tlslab.issuing import Authorities
from launchready_testbed.tlslab.server import Manner

Word = Literal["pass", "fail", "unknown"]
MAIN, SECOND = "127.0.0.1", "127.0.0.2"


@dataclass(frozen=True)
class Case:
    """One host.

    Attributes:
        name: unique; the host is NAME.lab.test unless `host` says otherwise.
        says: what is so about it, in one sentence.
        certificate, tls: what https/certificate and https/tls must answer.
        words: what the findings (or, for a pass, the observations) of the failing check must contain.
        build: makes the listener's manner; of several, one for each address.
        host: the host name that is asked for.
    """

    name: str
    says: str
    certificate: Word
    tls: Word
    words: tuple[str, ...]
    build: Callable[[Authorities, str], Manner | tuple[Manner, ...]]
    host: str = ""

    @property
    def look(self) -> str:
        """A look at it that owes nothing to launchready: the command, and what was seen when it was run."""
        return _looks()[self.name]

    @property
    def asked(self) -> str:
        """The host name that clients ask for."""
        return self.host or f"{self.name}.lab.test"


@cache
def _looks() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(Path(__file__).with_name("looks.toml").read_text(encoding="utf-8"))
    return found
