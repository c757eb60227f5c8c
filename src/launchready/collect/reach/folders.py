"""Where in an address each segment stands, with ids left out, and words that stand for a tenant as well. Pure.

A portal may keep each client under a word of its own, as in /orgs/ardent/orders and /orgs/birch/orders. The word is an id
then: another one in its place is another client. It is told by who is led where: people of one tenant alone are led below
it, people of another tenant below another one in the same folder, and much the same stands below both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from launchready.collect.reach.places import apart, is_id, segments


class Step(NamedTuple):
    """One segment of a path.

    Attributes:
        folder: the address above it.
        stem, ending: the segment, decoded, and what makes it a file.
        written: as it stands.
    """

    folder: str
    stem: str
    ending: str
    written: str


@dataclass(slots=True)
class _Below:
    """Who is led below one word, by tenant, and what stands there."""

    tenants: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


class Folders:
    """Tells the folders of addresses."""

    def __init__(self, known: Mapping[str, Iterable[str]], tenants: Mapping[str, str]) -> None:
        """Learn which words stand for tenants.

        Args:
            known: raw addresses by party.
            tenants: of the parties that have one.
        """
        self._own: defaultdict[str, set[str]] = defaultdict(set)
        led = {party: [*urls] for party, urls in known.items() if tenants.get(party)}
        while found := self._further(led, tenants):  # below a word that is one now there may be others
            for folder, words in found.items():
                self._own[folder] |= words

    def steps(self, url: str) -> Iterator[Step]:
        """The segments of an address."""
        parts = urlsplit(url)
        folder = f"{parts.scheme}://{parts.netloc}"
        for written in segments(url):
            stem, ending = apart(unquote(written))
            yield Step(folder, stem, ending, written)
            folder += "/" + ("{}" if is_id(stem) or self.is_tenants(folder, stem) else written)

    def is_tenants(self, folder: str, stem: str) -> bool:
        """Whether a word stands for a tenant there."""
        return stem in self._own.get(folder, ())

    def _further(self, known: Mapping[str, Iterable[str]], tenants: Mapping[str, str]) -> dict[str, set[str]]:
        """Words that are told now and were not before, by folder."""
        below: defaultdict[str, defaultdict[str, _Below]] = defaultdict(lambda: defaultdict(_Below))
        for party, urls in known.items():
            for url in urls:
                steps = [*self.steps(url)]
                for at, step in enumerate(steps):
                    if step.stem and not step.ending and not is_id(step.stem):
                        there = below[step.folder][step.stem]
                        there.tenants.add(tenants[party])
                        there.words |= {each.stem for each in steps[at + 1 :] if not is_id(each.stem)} - {""}
        found = {
            folder: self._tenants(words) - self._own.get(folder, set()) for folder, words in below.items()
        }
        return {folder: words for folder, words in found.items() if words}

    @staticmethod
    def _tenants(words: Mapping[str, _Below]) -> set[str]:
        """Of the words in one folder those that one tenant is led below, and another one below the like of it."""
        alone = {word: there for word, there in words.items() if len(there.tenants) == 1 and there.words}
        kinds: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
        for there in alone.values():
            kinds[min(there.tenants)].add(frozenset(there.words))
        return {
            word
            for word, there in alone.items()
            if any(
                2 * len(there.words & other) >= min(len(there.words), len(other))
                for tenant, others in kinds.items()
                if tenant not in there.tenants
                for other in others
            )
        }
