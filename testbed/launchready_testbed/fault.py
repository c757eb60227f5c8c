"""What is a fault, what is a look-alike, and which ones are there?

A fault is one thing that is really wrong with the world. A look-alike is sound and only looks wrong.
Each is one file; its id is its path: `faults/https/redirects.py` is "https/redirects". They are found by walking
the packages, so there is no list to keep in step.

A look has lines of three kinds. "$ " is a command to run; `{http}`, `{https}`, `{dns}` and `{imap}` stand for the bed's
ports, `{secrets}` for the folder with the files of everybody's secrets (see `people.Secrets`), `{logs}` for that of the
portal's logs, `{source}` for the repository of its source. `looks.sh` adds a few shell
functions that sign in, fill in a form and read mail; all commands of a look run in one empty folder.
curl reads a configuration with `cacert = <the bed's root>` and `connect-to = ::127.0.0.1:`, so that its every request goes
to the bed. "< " was seen in the output, in this order. "% " is an issue that Chromium raised of its own accord on the
page named first: page, kind of the issue, address concerned. The tests run the commands again, with and without the fault.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from launchready_testbed.login_shape import LoginShape, logins
from launchready_testbed.world import World

# The packages come first: importing one later would put it in the place of the function of the same name.
_FAULTS = importlib.import_module("launchready_testbed.faults")
_LOOKALIKES = importlib.import_module("launchready_testbed.lookalikes")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and the checks that must notice it."""

    says: str
    """What is wrong, in one sentence."""
    trips: tuple[str, ...]
    """Ids of exactly those checks that turn to fail."""
    look: str
    """A look at it that owes nothing to launchready; see the module's words on looks."""
    apply: Callable[[World], None]
    """Puts the fault into a fresh world."""
    portal: str = "harbour"
    """The portal of the bed that it is in."""


@dataclass(frozen=True)
class Lookalike:
    """A sound oddity, and the checks that might wrongly accuse it."""

    says: str
    """Why it is sound, in one sentence."""
    spares: tuple[str, ...]
    """Ids of the checks that must not turn to fail because of it."""
    look: str
    """As a fault's."""
    apply: Callable[[World], None]
    """Puts the oddity into a fresh world."""
    portal: str = "harbour"
    """As a fault's."""
    untold: tuple[str, ...] = ()
    """Ids of the checks that may be left unknown, as from outside nothing tells that it is sound."""


@cache
def faults() -> dict[str, Fault]:
    """Every fault by id, sorted."""
    return {name: module.FAULT for name, module in _files(_FAULTS)}


@cache
def lookalikes() -> dict[str, Lookalike]:
    """Every look-alike by id, sorted."""
    return {name: module.LOOKALIKE for name, module in _files(_LOOKALIKES)}


def find(name: str) -> Fault | Lookalike | LoginShape:
    """The fault, look-alike or (as "logins/…") login shape called `name`; imports that one file only.

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
    if row == "logins" and name in (shapes := logins()):
        return shapes[name]
    raise LookupError(f"no fault, look-alike or login shape is called {name!r}")


def _files(package: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Each file below `package` with its id; a folder is a row and defines nothing itself."""
    start = package.__name__ + "."
    for found in sorted(pkgutil.walk_packages(package.__path__, start), key=lambda each: each.name):
        if not found.ispkg:
            name = found.name.removeprefix(start).replace(".", "/").replace("_", "-")
            yield name, importlib.import_module(found.name)
