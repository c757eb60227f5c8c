"""What is a limiter configuration, and which ones are there?

Each is a small portal with one way to stop somebody who guesses passwords, or with one that does not, and with the truth
about it. Each is one file; its id is its path: `limiters/by_address.py` is "limiters/by-address".
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from launchready_testbed.desk import Desk

_LIMITERS = importlib.import_module("launchready_testbed.limiters")

Kind = Literal[
    "none",
    "slowed",
    "refusal",
    "silent",
    "challenge",
    "captcha",
    "right-passes",
    "leaks",
    "unclear",
    "trouble",
]


@dataclass(frozen=True)
class Truth:
    """What is so, whoever asks."""

    kind: Kind
    """What happens to somebody who guesses."""
    sound: bool
    """Whether it stops them."""
    scope: Literal["", "account", "address"] | None = ""
    """Who is stopped; "address" also where it is everybody, which one machine cannot tell; None where it leaks, and so
    cannot be told."""
    falls_to: str = ""
    """The request header that it falls to."""
    tells: bool = False
    """Whether an account can be told from a name that nobody has, as only accounts are stopped."""
    sprayed: bool | None = None
    """Whether one password over a few names is refused; None where that depends on how many."""


@dataclass(frozen=True)
class LimiterShape:
    """One configuration."""

    says: str
    """What it does, in one sentence."""
    truth: Truth
    desk: Callable[[], Desk]
    """Builds the portal, with nothing counted yet."""


@cache
def limiters() -> dict[str, LimiterShape]:
    """Every configuration by id, sorted."""
    found = sorted(each.name for each in pkgutil.iter_modules(_LIMITERS.__path__))
    return {
        "limiters/" + name.replace("_", "-"): importlib.import_module(f"{_LIMITERS.__name__}.{name}").LIMITER
        for name in found
    }
