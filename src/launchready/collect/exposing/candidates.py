"""Which addresses of a host are asked, and what would be there. Pure."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

_ROBOTS = re.compile(r"^[ \t]*(?:dis)?allow[ \t]*:[ \t]*(/[^\s#*$]+)", re.IGNORECASE | re.MULTILINE)

SECRETS = "secrets"
"""A file that may well be read, but for secrets in it."""
LISTING = "listing"
"""A server's own list of what is in a folder."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One address.

    Attributes:
        path: with its query, if any.
        what: what would be there, in words.
        proof: the name of what shows that, of `proofs.PROOFS`; or SECRETS or LISTING.
    """

    path: str
    what: str
    proof: str


@cache
def exposed_files() -> dict[str, Any]:
    """All of `data/exposed_files.toml`, read once. The tables are shared: look, do not change."""
    return tomllib.loads(
        files("launchready").joinpath("data", "exposed_files.toml").read_text(encoding="utf-8")
    )


def usual(host: str, *, leads_elsewhere: bool) -> Iterator[Candidate]:
    """At the root of each host; of a host that leads everything elsewhere only a few."""
    name = host.partition(".")[0]
    for kind in exposed_files()["kind"]:
        for path in kind.get("first", ()) if leads_elsewhere else kind["paths"]:
            yield Candidate(path.replace("{name}", name), kind["what"], kind["proof"])


def in_folders(paths: Iterable[str]) -> Iterator[Candidate]:
    """In the folders of what the crawl saw, those with the most in them first: the list of each, and a few files."""
    rules = exposed_files()
    kinds = {path: kind for kind in rules["kind"] for path in kind["paths"]}
    asked = {path for kind in rules["kind"] for path in kind["paths"]}
    folders = _folders(paths)
    yield Candidate("/", rules["listing"]["what"], LISTING)
    for folder in folders[: rules["listing"]["folders"]]:
        yield Candidate(folder, rules["listing"]["what"], LISTING)
    for folder in folders[: rules["listing"]["folders_inside"]]:
        for inside in rules["listing"]["inside"]:
            if (path := folder.rstrip("/") + inside) not in asked:
                yield Candidate(path, kinds[inside]["what"], kinds[inside]["proof"])


def copies(paths: Iterable[str]) -> Iterator[Candidate]:
    """Copies of programs that the crawl saw run."""
    rules = exposed_files()["copies"]
    programs = sorted({path for path in paths if _ending(path) in rules["of"]})
    for path in programs[: rules["files"]]:
        for ending in rules["endings"]:
            yield Candidate(path + ending, rules["what"], "source")


def named_by_robots(robots: str) -> Iterator[Candidate]:
    """Files that robots.txt asks not to be read, if they are of a kind that is not for reading."""
    rules = exposed_files()["named"]
    paths = dict.fromkeys(path for path in _ROBOTS.findall(robots) if _ending(path) in rules["proofs"])
    for path in list(paths)[: rules["files"]]:
        yield Candidate(path, rules["what"], rules["proofs"][_ending(path)])


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def made_up(path: str) -> str:
    """An address beside this one at which there is nothing, and which ends like it."""
    folder, _, name = path.partition("?")[0].rstrip("/").rpartition("/")
    return f"{folder}/launchready-no-such-{name}" + ("/" if path.endswith("/") else "")


def _folders(paths: Iterable[str]) -> list[str]:
    """Folders that files stand in, and those above them, the fullest first; the root is none of them."""
    held: Counter[str] = Counter()
    for path in sorted({urlsplit(each).path for each in paths}):
        folder, _, name = path.rpartition("/")
        while folder and "." in name:
            held[folder + "/"] += 1
            folder = folder.rpartition("/")[0]
    return [folder for folder, _ in sorted(held.items(), key=lambda each: (-each[1], each[0]))]
