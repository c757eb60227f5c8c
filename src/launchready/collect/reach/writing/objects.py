"""The objects of a JSON answer. Pure."""

from collections.abc import Iterator
from typing import Any

_MOST_NODES = 20_000


def objects_in(data: Any) -> Iterator[dict[str, Any]]:
    """All objects of a JSON answer, at any depth."""
    stack, looked = [data], 0
    while stack and looked < _MOST_NODES:
        each = stack.pop()
        looked += 1
        if isinstance(each, dict):
            yield each
            stack.extend(each.values())
        elif isinstance(each, list):
            stack.extend(each)
