"""How does what is typed get into a log? What the faults of the row `logging` have in common."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qsl

from launchready_testbed.logbook import Entry, Hit
from launchready_testbed.world import World

TYPED = "Mountain-41-Lake"
"""What a look types as a password, at the account of nobody."""
TYPE = f"$ submit someone /login /login -d email=nobody@lab.test -d password={TYPED} > /dev/null\n"
"""The part of a look that types it."""


def fields(hit: Hit) -> dict[str, str]:
    """The fields that a request sent, of a form or of JSON; none where it is neither."""
    text = hit.body.decode("utf-8", "replace")
    try:
        data = json.loads(text)
    except ValueError:
        return dict(parse_qsl(text))
    return {key: str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def on_body(world: World, say: Callable[[Hit], str | None]) -> None:
    """Writes a line for each request that has a body."""
    world.logs.taps.append(lambda hit: say(hit) if hit.body else None)


def on_password(world: World, say: Callable[[str], str]) -> None:
    """Writes a line for each password that is typed."""

    def line(hit: Hit) -> str | None:
        password = fields(hit).get("password")
        return say(password) if password else None

    on_body(world, line)


def on_header(world: World, name: str, say: Callable[[str], str]) -> None:
    """Writes a line for each request that has this header."""
    world.logs.taps.append(lambda hit: say(hit.headers[name]) if name in hit.headers else None)


def debug(**more: object) -> str:
    """A line of the application's log."""
    return json.dumps({"level": "debug", **more})


def without(world: World, *events: str) -> None:
    """Leaves these events out of the application's log."""

    def kept(entry: Entry) -> Entry | None:
        return None if entry["event"] in events else entry

    world.logs.entry = kept
