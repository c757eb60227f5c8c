"""What the judges of writes have in common."""

from collections.abc import Iterable

from launchready.evidence import Missing
from launchready.evidence.access import Writes, WriteTrial
from launchready.verdict import Cause, Doubt


def writes_of(writes: Writes, kind: str) -> tuple[WriteTrial, ...]:
    """The trials of one kind."""
    return tuple(trial for trial in writes.trials if trial.kind == kind)


def said(trial: WriteTrial) -> str:
    """How a write was answered."""
    if isinstance(trial.answer, Missing):
        return "there was no answer"
    return f"the answer was {trial.answer.status}"


def untold(trials: Iterable[WriteTrial]) -> Iterable[Doubt]:
    """Writes of which nobody knows what became: no answer, a limiter's, or an owner who could not look again."""
    for trial in trials:
        if trial.changed is None:
            yield Doubt(
                trial.operation,
                Cause.UNREACHABLE,
                f"{trial.asker} {trial.how}; {said(trial)}, and it is not known whether anything changed",
                "let the machine that runs the audit past the limiter, and run the audit again",
            )


def general_doubts(writes: Writes) -> Iterable[Doubt]:
    """What stood in the way of all writes, what they broke, and what they left behind."""
    for what, why in writes.unlooked:
        if not what:
            yield why.doubt()
    for each in writes.wellbeing:
        if not each.well:
            yield Doubt(
                each.party,
                Cause.AMBIGUOUS,
                f"the writes changed this identity ({each.says}), so they were stopped",
                "put the account right, and run the audit again",
            )
    for canary in writes.canaries:
        if not canary.removed:
            yield Doubt(
                canary.operation,
                Cause.AMBIGUOUS,
                f"a record that was made by {canary.made_by} for this audit could not be removed ({canary.says})",
                "remove it by hand: its text begins with “canary-”",
            )
