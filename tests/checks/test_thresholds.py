"""The data files that verdicts turn on are dated, and each value has its source."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from launchready.thresholds import thresholds

NAMES = sorted(
    path.name.removesuffix("_thresholds.toml")
    for path in files("launchready").joinpath("data").iterdir()
    if path.name.endswith("_thresholds.toml")
)


def leaves(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for value in table.values():
        if isinstance(value, dict):
            if "value" in value or "source" in value:
                yield value
            else:
                yield from leaves(value)


@pytest.mark.parametrize("name", NAMES)
def test_dated_and_sourced(name: str) -> None:
    table = thresholds(name)
    assert isinstance(table["dated"], date)
    found = list(leaves(table))
    assert found
    for leaf in found:
        assert set(leaf) == {"value", "source"}
        assert len(leaf["source"].split()) >= 3


def test_there_is_more_than_nothing_to_look_at() -> None:
    assert "http" in NAMES
