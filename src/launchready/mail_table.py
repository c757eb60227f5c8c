"""The mail drill as a table: each mail at each mailbox, when it came, where it lies, who vouches for it. Pure."""

from launchready.checks.email import consistency, delivery
from launchready.evidence.letters import Delivery, Letter, MailDrill
from launchready.scorecard import Part
from launchready.verdict import Fail, NotApplicable, RowVerdict, Unknown, Verdict, roll_up, word

SCHEMA = "launchready/mail/1"
OURS = "*"
"""Marks a result that the receiving provider did not tell, so that it is our own."""
_METHODS = ("spf", "dkim", "dmarc")


class MailRow(Part, frozen=True):
    """One mail at one mailbox.

    Attributes:
        kind: such as password-reset.
        mailbox, provider: as the portal file names them.
        asked_by: who had it sent; empty where nobody did.
        seconds: until it was seen; None where it was not.
        folder: where it lay; empty where it was not seen.
        times: how often it came.
        spf, dkim, dmarc: what the receiving provider says; where it says nothing, our own result with OURS behind it.
        verdict: pass, fail or unknown.
        says: what is wrong, or why it cannot be told.
    """

    kind: str
    mailbox: str
    provider: str
    asked_by: str
    seconds: float | None
    folder: str
    times: int
    spf: str
    dkim: str
    dmarc: str
    verdict: str
    says: tuple[str, ...]


class MailTable(Part, frozen=True):
    """The drill. `alike` says how providers differ, `verdict` is of the whole: pass, fail or unknown."""

    rows: tuple[MailRow, ...]
    alike: str
    differences: tuple[str, ...]
    verdict: str
    schema: str = SCHEMA


def mail_table(drill: MailDrill) -> MailTable:
    """The table of a drill; its verdicts are those of email/delivery and email/consistency."""
    whole, alike = delivery.judge(drill), consistency.judge(drill)
    rows = tuple(_row(drill, each) for each in drill.deliveries)
    return MailTable(
        rows=rows,
        alike=str(word(alike)),
        differences=_says(alike),
        verdict=str(roll_up((word(whole), word(alike)))),
    )


def _row(drill: MailDrill, each: Delivery) -> MailRow:
    verdict = delivery.judge(MailDrill((each.mailbox,), (each,), drill.gaps))
    first = each.letters[0] if each.letters else None
    vouched = dict(zip(_METHODS, (_result(first, method) for method in _METHODS), strict=True))
    return MailRow(
        kind=each.kind,
        mailbox=each.mailbox,
        provider=each.provider,
        asked_by=each.asked_by,
        seconds=first.seconds if first else None,
        folder=first.folder if first else "",
        times=len(each.letters),
        verdict=str(word(verdict)),
        says=_says(verdict),
        **vouched,
    )


def _result(letter: Letter | None, method: str) -> str:
    if letter is None:
        return ""
    for judge, mark in ((letter.theirs, ""), (letter.ours, OURS)):
        result: str = getattr(judge, method) if judge is not None else "untold"
        if result != "untold":
            return result + mark
    return ""


def _says(verdict: Verdict) -> tuple[str, ...]:
    found: list[tuple[str, str]] = []
    if isinstance(verdict, NotApplicable):
        return (verdict.reason,)
    if isinstance(verdict, Fail):
        found += [(each.subject, each.detail) for each in verdict.findings]
    if isinstance(verdict, Fail | Unknown):
        found += [(each.subject, f"{each.detail}; {each.settle_by}") for each in verdict.doubts]
    return tuple(dict.fromkeys(": ".join(filter(None, each)) for each in found))


def is_good(table: MailTable) -> bool | None:
    """Whether all arrived as it should; None where that cannot be told."""
    if table.verdict == RowVerdict.PASS:
        return True
    return False if table.verdict == RowVerdict.FAIL else None
