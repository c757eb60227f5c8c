"""The numbers and lists that verdicts turn on: `data/<name>_thresholds.toml`, dated, each with its source.

They are data, not code, so that a change of what the field asks for is one line to review.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def thresholds(name: str) -> dict[str, Any]:
    """All of `data/<name>_thresholds.toml`, read once. The tables are shared: look, do not change."""
    raw = files("launchready").joinpath("data", f"{name}_thresholds.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)
