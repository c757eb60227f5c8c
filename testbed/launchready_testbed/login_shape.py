"""What is a login shape, and which ones are there?

A shape is a small portal in place of harbour whose way of signing in is unlike the others'. Each is one file; its id is its
path: `logins/two_step.py` is "logins/two-step". Those below `logins/trouble` do not let their person in, for a reason.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from launchready_testbed.world import World

_LOGINS = importlib.import_module("launchready_testbed.logins")


@dataclass(frozen=True)
class LoginShape:
    """One way of signing in."""

    says: str
    """What is particular about it, in one sentence."""
    look: str
    """Commands that sign in by hand, or show what keeps one out; as a fault's."""
    apply: Callable[[World], None]
    """Puts the portal into a fresh world, with the identity that may be signed in as."""
    private: str = "/desk"
    """A page or interface that answers to signed-in people only."""
    shows: str = "Crate 7741"
    """What stands there, and nowhere that strangers can read."""
    browser: bool = False
    """Whether only a browser can sign in."""
    recipe: bool = False
    """Whether nobody could find out by themselves, so that the portal file says how."""
    reason: str = ""
    """Why nobody gets in; empty: they do. One of wrong-credentials, locked, captcha, limited, no-form, no-proof,
    second-factor, secret-missing, unreachable."""


@cache
def logins() -> dict[str, LoginShape]:
    """Every login shape by id, sorted."""
    start = _LOGINS.__name__ + "."
    found = sorted(pkgutil.walk_packages(_LOGINS.__path__, start), key=lambda each: each.name)
    names = (each.name for each in found if not each.ispkg)
    return {
        "logins/" + name.removeprefix(start).replace(".", "/").replace("_", "-"): importlib.import_module(
            name
        ).LOGIN
        for name in names
    }
