"""All that one answer tells of the inside."""

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from launchready.detect.inside.betrayal import Betrayal
from launchready.detect.inside.places import hosts, paths
from launchready.detect.inside.texts import Texts
from launchready.detect.inside.traces import traces


@dataclass(frozen=True, slots=True)
class _Sign:
    """One product's own way to show itself."""

    kind: str
    what: str
    patterns: tuple[re.Pattern[str], ...]
    in_source: bool

    def seen(self, texts: Texts) -> str:
        """The text that shows it; empty when it is not there."""
        text = texts.source if self.in_source else texts.lines
        found = [pattern.search(text) for pattern in self.patterns]
        first = found[0]
        return first[0] if first and all(found) else ""


@cache
def _signs() -> tuple[_Sign, ...]:
    data = tomllib.loads(files("launchready.data").joinpath("error_pages.toml").read_text("utf-8"))
    signs = [
        _Sign(
            "debug page",
            f"a debug page of {entry['name']}",
            tuple(map(re.compile, entry["source"])),
            in_source=True,
        )
        for entry in data["debug_page"]
    ]
    for kind, words in (("database", "words of {}"), ("exception", "{}"), ("version", "the version of {}")):
        for entry in data[kind]:
            name = entry["name"]
            what = name if name.startswith("the text") else words.format(name)
            signs.append(_Sign(kind, what, (re.compile(entry["lines"]),), in_source=False))
    return tuple(signs)


def betrayals(
    texts: Texts, *, own_hosts: Collection[str] = (), own_paths: Collection[str] = ()
) -> tuple[Betrayal, ...]:
    """What this body tells of the inside, each once.

    Args:
        texts: the body, read.
        own_hosts: names and addresses under which the portal was asked.
        own_paths: paths of the portal's own addresses: they look like paths of files and betray nothing.
    """
    found: dict[str, Betrayal] = {}
    for each in _all(texts, own_hosts, own_paths):
        found.setdefault(each.what, each)
    return tuple(found.values())


def _all(texts: Texts, own_hosts: Collection[str], own_paths: Collection[str]) -> Iterator[Betrayal]:
    yield from traces(texts.lines, texts.data)
    for sign in _signs():
        if shown := sign.seen(texts):
            yield Betrayal(sign.kind, sign.what, shown)
    yield from paths(texts.lines, own_paths)
    yield from hosts(texts.lines, own_hosts)
