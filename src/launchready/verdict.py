"""What a check can answer, and how answers add up.

Four answers only. Pass and Fail cite what was seen, so nothing passes vacuously; Unknown says why and what would settle
it. There are no grades and no averages: a score would hide one fatal failure behind nine good marks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why a question could not be answered."""

    NOT_COLLECTED = "not-collected"
    NO_CONSENT = "no-consent"
    UNREACHABLE = "unreachable"
    NOT_AUTHORISED = "not-authorised"
    AMBIGUOUS = "ambiguous"
    CHECK_BUG = "check-bug"


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation: about what (a URL, a host, a record) and what was seen there."""

    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at one subject. The subject is stable between runs: it makes the finding's id."""

    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that could not be told, why, and what would settle it."""

    subject: str
    cause: Cause
    detail: str
    settle_by: str


@dataclass(frozen=True, slots=True)
class Pass:
    """Everything looked at is as it should be; `seen` is never empty."""

    seen: tuple[Seen, ...]

    def __post_init__(self) -> None:
        if not self.seen:
            raise ValueError("a pass must cite what was seen")


@dataclass(frozen=True, slots=True)
class Fail:
    """At least one finding; what was fine and what could not be told stand beside it."""

    findings: tuple[Finding, ...]
    seen: tuple[Seen, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def __post_init__(self) -> None:
        if not self.findings:
            raise ValueError("a fail must cite what was seen")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing was found wrong, but not all of it could be looked at."""

    doubts: tuple[Doubt, ...]
    seen: tuple[Seen, ...] = ()

    def __post_init__(self) -> None:
        if not self.doubts:
            raise ValueError("an unknown must say why")


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question does not arise for this portal, and why."""

    reason: str


Verdict = Pass | Fail | Unknown | NotApplicable


def weigh(
    seen: Iterable[Seen], findings: Iterable[Finding] = (), doubts: Iterable[Doubt] = ()
) -> Pass | Fail | Unknown:
    """Turn observations into one verdict: any finding fails, else any doubt is unknown, else what was seen passes.

    Findings at the same subject are merged, as a subject has one finding per check. With nothing at all the verdict
    is Unknown: nothing was looked at.
    """
    merged: dict[str, list[str]] = {}
    for finding in findings:
        details = merged.setdefault(finding.subject, [])
        if finding.detail not in details:
            details.append(finding.detail)
    seen, doubts = tuple(dict.fromkeys(seen)), tuple(dict.fromkeys(doubts))
    if merged:
        return Fail(tuple(Finding(s, "; ".join(d)) for s, d in sorted(merged.items())), seen, doubts)
    if doubts:
        return Unknown(doubts, seen)
    if seen:
        return Pass(seen)
    nothing = Doubt(
        "", Cause.NOT_COLLECTED, "there was nothing to look at", "run the audit again with this check"
    )
    return Unknown((nothing,))


class RowVerdict(StrEnum):
    """How a check or a row of the scorecard came out, as one word."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class LaunchVerdict(StrEnum):
    """Whether the portal may launch."""

    READY = "ready"
    NOT_READY = "not-ready"
    NOT_PROVEN = "not-proven"


def word(verdict: Verdict) -> RowVerdict:
    """The one word for a verdict."""
    match verdict:
        case Pass():
            return RowVerdict.PASS
        case Fail():
            return RowVerdict.FAIL
        case Unknown():
            return RowVerdict.UNKNOWN
        case NotApplicable():
            return RowVerdict.NOT_APPLICABLE


def roll_up(words: Iterable[RowVerdict]) -> RowVerdict:
    """A row: any fail fails, else any unknown is unknown, else pass; nothing at all is unknown."""
    present = set(words)
    for worst in (RowVerdict.FAIL, RowVerdict.UNKNOWN, RowVerdict.PASS):
        if worst in present:
            return worst
    return RowVerdict.NOT_APPLICABLE if present else RowVerdict.UNKNOWN
