"""The report as data: the contract `launchready/report/1` that others build on, and how verdicts add up to it."""

from typing import Any

import msgspec

SCHEMA = "launchready/report/1"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in a report."""


class Tool(Part, frozen=True):
    """Who made the report."""

    name: str
    version: str


class Portal(Part, frozen=True):
    """What the report is about."""

    name: str
    url: str


class RunInfo(Part, frozen=True):
    """When it was looked at and how far. Times are UTC, ISO 8601; touch is read, sign-in, probe or load."""

    id: str
    started: str
    finished: str
    scope: tuple[str, ...]
    touch: str
    interrupted: bool = False


class RowResult(Part, frozen=True):
    """One row of the scorecard; `gate` says whether it can hold back the launch."""

    row: str
    title: str
    verdict: str
    gate: bool
    criterion: str


class SeenItem(Part, frozen=True):
    """One observation that the verdict rests on."""

    subject: str
    detail: str


class DoubtItem(Part, frozen=True):
    """One thing that could not be told."""

    subject: str
    cause: str
    detail: str
    settle_by: str


class WaivedItem(Part, frozen=True):
    """An accepted risk: who, why, until when (ISO date)."""

    owner: str
    reason: str
    until: str


class FindingItem(Part, frozen=True):
    """One thing that is wrong. The id is the same in every run for the same check and subject."""

    id: str
    subject: str
    detail: str
    waived: WaivedItem | None = None


class FixItem(Part, frozen=True):
    """How to mend it, for two readers; how to undo and to verify it."""

    owner: str
    engineer: str
    undo: str
    verify: str


class References(Part, frozen=True):
    """Where published standards say the same."""

    wstg: tuple[str, ...]
    asvs: tuple[str, ...]
    cwe: tuple[int, ...]
    owasp_api: tuple[str, ...]


class Result(Part, frozen=True):
    """One check's answer. cause and settle_by are those of the first doubt; empty unless the verdict is unknown."""

    check: str
    row: str
    verdict: str
    risk: str
    asks: str
    why: str
    summary: str
    seen: tuple[SeenItem, ...]
    cause: str
    settle_by: str
    doubts: tuple[DoubtItem, ...]
    findings: tuple[FindingItem, ...]
    fix: FixItem
    references: References
    screenshots: tuple[str, ...] = ()
    """Names of files in the run's attachments folder that show it."""


class RedFlag(Part, frozen=True):
    """Something for which a senior engineer is needed now."""

    check: str
    says: str


class Report(Part, frozen=True):
    """The whole report."""

    schema: str
    tool: Tool
    portal: Portal
    run: RunInfo
    verdict: str
    rows: tuple[RowResult, ...]
    results: tuple[Result, ...]
    red_flags: tuple[RedFlag, ...]


def to_json(report: Report) -> bytes:
    """The report as stored in report.json: UTF-8, indented, one newline at the end."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def from_json(raw: bytes) -> Report:
    """Read a report back; raises msgspec.ValidationError on anything else."""
    return msgspec.json.decode(raw, type=Report)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a report, as published in the package."""
    return msgspec.json.schema(Report)
