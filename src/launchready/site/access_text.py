"""Entries `[[access]]` written into the text of a portal file, with everything else of it left as it stands."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launchready.errors import UsageError
from launchready.site.access import whole
from launchready.site.learned_access import Learned
from launchready.site.reference import toml
from launchready.site.toml_positions import Place, positions

SEEN = "# seen "
"""How a comment begins that is ours to replace."""

HEAD = """\
# Who may reach what, as `launchready authz learn` saw it. Read each entry; where it is meant so, write
# confirmed = true, and in `by` and `when` who says so and since when. Entries with confirmed = true are never
# changed; whatever goes beyond them is a finding. Those with false are written anew by the next learning.
"""


@dataclass(frozen=True, slots=True)
class Merged:
    """The new text, and how many entries are new, refreshed, and kept as their owner confirmed them."""

    text: str
    new: int
    refreshed: int
    confirmed: int


def block(entry: Learned) -> str:
    """One entry as TOML, with comments on who was seen."""
    return "\n".join(
        (
            "[[access]]",
            *(f"{SEEN}{line}" for line in entry.seen),
            f"route = {toml(entry.route)}",
            f"roles = {toml(list(entry.roles))}",
            f"records = {toml(entry.records)}",
            "confirmed = false",
        )
    )


def merged(text: str, entries: tuple[Learned, ...], start: str) -> Merged:
    """The portal file with these entries in it.

    Args:
        text: valid TOML, lines ended by a line feed.
        entries: what was learned; an entry of the file that is not confirmed yet is brought up to date.
        start: address of the portal, as routes may be paths.

    Raises:
        UsageError: the file has its entries in a form that cannot be added to.
    """
    data = tomllib.loads(text)
    there: list[dict[str, Any]] = data.get("access", [])
    lines, places = text.split("\n"), positions(text)
    by_route = {whole(entry.route, start): entry for entry in entries}
    spans = [_span(lines, places, at) for at in range(len(there))]
    confirmed = refreshed = 0
    for entry, span, at in reversed([*zip(there, spans, range(len(there)), strict=True)]):
        fresh = by_route.pop(whole(entry["route"], start), None)
        if entry.get("confirmed"):
            confirmed += 1
        elif fresh:
            refreshed += 1
            keys = {key: places["access", at, key] - 1 for key in entry}
            lines[slice(*span)] = _refreshed(lines, span, keys, entry, fresh)
    grown = len(lines) - text.count("\n") - 1
    new = "\n\n".join(block(entry) for entry in entries if whole(entry.route, start) in by_route)
    result = _added("\n".join(lines), new, after=spans[-1][1] + grown if spans else None)
    _unharmed(data, result)
    return Merged(result, len(by_route), refreshed, confirmed)


def _span(lines: list[str], places: Mapping[Place, int], at: int) -> tuple[int, int]:
    """First line of an entry, and the one after its last, counted from 0; what stands before the next is not its own.

    Raises:
        UsageError: it is no section of its own.
    """
    mine: Place = ("access", at)
    first = places[mine] - 1
    if not lines[first].lstrip().startswith("[["):
        raise UsageError("write what stands under `access` as sections [[access]]; a list cannot be added to")
    # Places on the same line are the entry's own header.
    later = [line - 1 for place, line in places.items() if line - 1 > first and place[:2] != mine]
    end = min(later, default=len(lines))
    while _says_nothing(lines[end - 1]):
        end -= 1
    return first, end


def _says_nothing(line: str) -> bool:
    """Whether a line is blank or all comment."""
    return not line.strip() or line.lstrip().startswith("#")


def _refreshed(
    lines: list[str], span: tuple[int, int], keys: Mapping[str, int], old: Mapping[str, Any], fresh: Learned
) -> list[str]:
    """The lines of an entry with what was seen now; whatever else stands there stays."""
    first, end = span
    now = {"roles": list(fresh.roles), "records": fresh.records}
    replaced: dict[int, list[str]] = {}
    for key, value in now.items():
        if key not in keys:
            continue
        at = keys[key]
        after = min((line for line in keys.values() if line > at), default=end)
        while _says_nothing(lines[after - 1]):
            after -= 1
        if old[key] != value:
            replaced[at] = [f"{key} = {toml(value)}{_remark(lines[at]) if after == at + 1 else ''}"]
            replaced |= {line: [] for line in range(at + 1, after)}
    kept: list[str] = [lines[first], *(f"{SEEN}{line}" for line in fresh.seen)]
    for at in range(first + 1, end):
        if at in replaced:
            kept += replaced[at]
        elif not lines[at].startswith(SEEN):
            kept.append(lines[at])
    if "records" not in keys and fresh.records != "tenant":
        kept.append(f"records = {toml(fresh.records)}")
    return kept


def _remark(line: str) -> str:
    """The comment at the end of a line that holds a whole value; empty where there is none."""
    for found in re.finditer(r"\s*#", line):
        try:
            tomllib.loads(line[: found.start()])
        except tomllib.TOMLDecodeError:
            continue
        return line[found.start() :].rstrip()
    return ""


def _added(text: str, new: str, after: int | None) -> str:
    """The text with further entries: after the last one, or at the end under a heading."""
    if not new:
        return text
    if after is None:
        return f"{text.rstrip()}\n\n{HEAD}\n{new}\n"
    lines = text.split("\n")
    rest = "\n".join(lines[after:]).strip("\n")
    return "\n".join(lines[:after]) + f"\n\n{new}\n" + (f"\n{rest}\n" if rest else "")


def _unharmed(before: dict[str, Any], text: str) -> None:
    """Nothing is written unless all else of the file, and what is confirmed, says what it said.

    Raises:
        UsageError: something would be lost.
    """
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        after = {}
    kept = [entry for entry in before.get("access", []) if entry.get("confirmed")]
    now = [entry for entry in after.get("access", []) if entry.get("confirmed")]
    others = [{k: v for k, v in each.items() if k != "access"} for each in (before, after)]
    if kept != now or others[0] != others[1]:
        raise UsageError("the entries cannot be put into this file; --print writes them to stdout instead")
