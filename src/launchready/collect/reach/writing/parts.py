"""Other ways to say the same in JSON, for operations that take no more than a part of it. Pure; raw."""

import base64
import re
from dataclasses import replace

from launchready.collect.reach.writing.filling import ID_NAMES, Filled

_TYPE = re.compile(r"[A-Z][a-z0-9]+$")
"""What a mutation is about, as in updateOrder."""


def parts_of(ready: Filled) -> tuple[Filled, ...]:
    """Other ways to say the same in JSON: one of its fields each, for operations that take any part of a record.

    Of GraphQL, with ids as Relay has them: the name of the type and the id, in base64.
    """
    if isinstance(ready.body, dict) and "query" in ready.body:
        return _relayed(ready)
    if not isinstance(ready.body, dict) or len(ready.body) < 2 or "query" in ready.body:
        return ()
    return tuple(replace(ready, body={key: value}) for key, value in ready.body.items())


def _relayed(ready: Filled) -> tuple[Filled, ...]:
    kind = _TYPE.search(ready.operation.label)
    variables = ready.body.get("variables") or {}
    if kind is None or not isinstance(variables, dict):
        return ()
    ids = {
        name: base64.b64encode(f"{kind[0]}:{value}".encode()).decode("ascii")
        for name, value in variables.items()
        if ID_NAMES.search(name) and isinstance(value, str | int)
    }
    return (replace(ready, body={**ready.body, "variables": {**variables, **ids}}),) if ids else ()
