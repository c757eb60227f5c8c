"""What is a fault, what is a look-alike, and which ones are there?

A fault is one thing that is really wrong with the world. A look-alike is sound and only looks wrong.
Each is one file; its id is its path: `faults/https/redirects.py` is "https/redirects". They are found by walking
the packages, so there is no list to keep in step.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from launchready_testbed.world import World


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and the checks that must notice it."""

    says: str
    """What is wrong, in one sentence."""
    trips: tuple[str, ...]
    """Ids of exactly those checks that turn to fail."""
    look: str
    """A look at it that owes nothing to launchready: the command, and what was seen when it was run."""
    apply: Callable[[World], None]
    """Puts the fault into a fresh world."""


@dataclass(frozen=True)
class Lookalike:
    """A sound oddity, and the checks that might wrongly accuse it."""

    says: str
    """Why it is sound, in one sentence."""
    spares: tuple[str, ...]
    """Ids of the checks that must not turn to fail because of it."""
    look: str
    """A look at it that owes nothing to launchready: the command, and what was seen when it was run."""
    apply: Callable[[World], None]
    """Puts the oddity into a fresh world."""


@cache
def faults() -> dict[str, Fault]:
    """Every fault by id, sorted."""
    from launchready_testbed import faults as package

    return {name: module.FAULT for name, module in _files(package)}


@cache
def lookalikes() -> dict[str, Lookalike]:
    """Every look-alike by id, sorted."""
    from launchready_testbed import lookalikes as package

    return {name: module.LOOKALIKE for name, module in _files(package)}


def find(name: str) -> Fault | Lookalike:
    """The fault or look-alike called `name`; imports that one file only.

    Raises LookupError when there is none.
    """
    row, _, leaf = name.partition("/")
    for package, attribute in (("faults", "FAULT"), ("lookalikes", "LOOKALIKE")):
        dotted = f"launchready_testbed.{package}.{row}.{leaf.replace('-', '_')}"
        try:
            module = importlib.import_module(dotted)
        except ModuleNotFoundError as error:
            if error.name is None or not dotted.startswith(error.name):
                raise
            continue
        found: Fault | Lookalike = getattr(module, attribute)
        return found
    raise LookupError(f"no fault or look-alike is called {name!r}")


def _files(package: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Each file below `package` with its id; a folder is a row and defines nothing itself."""
    start = package.__name__ + "."
    for found in sorted(pkgutil.walk_packages(package.__path__, start), key=lambda each: each.name):
        if not found.ispkg:
            name = found.name.removeprefix(start).replace(".", "/").replace("_", "-")
            yield name, importlib.import_module(found.name)
