"""The scorecard: one folder per row, one file per check. What is here is found by looking; there is no registry."""

import inspect
import pkgutil
from functools import cache
from importlib import import_module
from typing import NamedTuple

from launchready.check import Check, Row


class FoundRow(NamedTuple):
    """One row as its folder states it."""

    name: str
    title: str
    criterion: str
    row: Row


@cache
def all_rows() -> tuple[FoundRow, ...]:
    """Every row, in scorecard order, whether it has checks yet or not."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        package = import_module(f"{__name__}.{module.name}")
        title, _, criterion = inspect.cleandoc(package.__doc__ or "").partition("\n\n")
        found.append(
            FoundRow(module.name, title.rstrip("."), " ".join(criterion.split()).rstrip("."), package.ROW)
        )
    return tuple(sorted(found, key=lambda each: each.row.place))


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in scorecard order, then by id. Modules whose name starts with an underscore are no checks."""
    found = []
    for row in all_rows():
        package = import_module(f"{__name__}.{row.name}")
        names = [module.name for module in pkgutil.iter_modules(package.__path__)]
        found += [import_module(f"{package.__name__}.{n}").CHECK for n in names if not n.startswith("_")]
    return tuple(found)
