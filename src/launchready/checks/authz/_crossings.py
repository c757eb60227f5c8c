"""What the checks of reaching share: crossings of one kind as findings, and what could not be looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from launchready.checks.authz._writing import untold
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Access, Crossing, SignedOut, Writes, WriteTrial
from launchready.evidence.access_policy import DeclaredAccess, Policy
from launchready.verdict import Cause, Doubt, Finding, Seen, Verdict, weigh

_MOST = 4
"""Crossings of one route that are told one by one."""
_LOOKED = ("own", "refused", "cut", "shared", "public")


def judged(
    access: Access,
    writes: Writes | Missing,
    declared: DeclaredAccess | Missing,
    kind: str,
    signed_out: SignedOut | None = None,
) -> Verdict:
    """Weigh all crossings of one kind: object, function or anonymous.

    What the owner's confirmed table lets happen is no finding; where it says otherwise than what was seen, that is one.
    """
    policy = Policy(access.parties, declared)
    found = (*access.crossings, *(signed_out.crossings if signed_out else ()))
    crossings = [each for each in found if each.kind == kind and not policy.allows(each)]
    trials = [] if isinstance(writes, Missing) else [each for each in writes.trials if each.kind == kind]
    done = [each for each in trials if each.changed and not policy.allows(each)]
    open_ones = [each for each in access.unsettled if each.kind == kind and not policy.allows(each)]
    crossings += [each for each in open_ones if policy.rule(each.route) is not None]
    drift = policy.drift(access, kind)
    findings = [*_read(crossings), *_written(done), *drift.findings]
    doubts = [
        *_nobody(access, kind),
        *_untold(access, kind),
        *_unsettled(each for each in open_ones if policy.rule(each.route) is None),
        *untold(trials),
        *_unlooked(access, writes),
        *drift.doubts,
    ]
    seen = [*_seen(access, trials, kind)]
    if signed_out is not None and signed_out.asked:
        refused = signed_out.asked - len(signed_out.crossings)
        told = f"{refused} of {signed_out.asked} routes refused a session of {signed_out.identity} that was signed out"
        seen.append(Seen("signed out", told))
    return weigh(seen, findings, doubts)


def _read(crossings: Iterable[Crossing]) -> Iterator[Finding]:
    by_route: defaultdict[str, list[Crossing]] = defaultdict(list)
    for each in crossings:
        by_route[each.route].append(each)
    for route, there in by_route.items():
        # What is certain is told first; the rest follows from it more often than not.
        told = sorted(there, key=lambda each: not each.certain)
        more = f"; and so in {len(told) - _MOST} more cases" if len(told) > _MOST else ""
        yield Finding(route, "; ".join(map(_told, told[:_MOST])) + more)


def _unsettled(crossings: Iterable[Crossing]) -> Iterator[Doubt]:
    """What only the owner can tell whether it is meant, once for each route and reason."""
    for (route, settle), there in groupby(crossings, key=lambda each: (each.route, each.settle_by)):
        yield Doubt(route, Cause.AMBIGUOUS, "; ".join([*map(_told, there)][:_MOST]), settle)


def _told(crossing: Crossing) -> str:
    who = "a stranger" if crossing.asker == ANONYMOUS else crossing.asker
    sure = "" if crossing.certain else " (medium confidence)"
    return (
        f"{who} {crossing.how} and was shown {crossing.seen} of the {_values(crossing.markers)} "
        f"that should not come back: {crossing.why}{sure}"
    )


def _written(trials: Iterable[WriteTrial]) -> Iterator[Finding]:
    for trial in trials:
        who = "a stranger" if trial.asker == ANONYMOUS else trial.asker
        undone = {True: "; it was put back", False: "; it could not be put back", None: ""}[trial.undone]
        yield Finding(
            trial.operation,
            f"{who} {trial.how}, and {trial.owner}, asking again, found the record changed{undone}",
        )


def _seen(access: Access, trials: Iterable[WriteTrial], kind: str) -> Iterator[Seen]:
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for cell in access.reached:
        if cell.outcome in _LOOKED and (cell.party == ANONYMOUS) == (kind == "anonymous"):
            status = f" ({cell.status})" if cell.outcome == "refused" and cell.status else ""
            asked[cell.route].append(f"{cell.party}: {cell.outcome}{status}")
    for route, cells in sorted(asked.items()):
        yield Seen(route, ", ".join(cells))
    for tried in access.tried:
        if tried.kind == kind and tried.kept:
            yield Seen(tried.route, f"{tried.kept} tries by others brought nothing back that is not theirs")
    kept: defaultdict[str, int] = defaultdict(int)
    for trial in trials:
        kept[trial.operation] += trial.changed is False
    for operation, times in sorted(kept.items()):
        if times:
            yield Seen(operation, f"{times} tries by others changed nothing")


def _nobody(access: Access, kind: str) -> Iterator[Doubt]:
    """What the portal file would have to name for the question to be answered."""
    people = [each for each in access.parties if each.name != ANONYMOUS]
    if not people:
        if not access.unlooked:
            yield Doubt(
                "",
                Cause.NOT_COLLECTED,
                "the portal file names nobody to sign in as, so it is not known what belongs to whom",
                "add an [[identity]] for a test account in each of two tenants, and one of each role",
            )
        return
    tenants = {each.tenant for each in people if each.tenant}
    alike = len(people) > len({(each.role, each.admin) for each in people})
    if kind == "object" and len(tenants) < 2 and (tenants or not alike):
        yield Doubt(
            "",
            Cause.NOT_COLLECTED,
            "the portal file names no two test accounts of different tenants that could try each other's records",
            "add an [[identity]] of a second tenant, each with its `tenant`",
        )
    if kind == "function" and len({(each.role, each.admin, bool(each.tenant)) for each in people}) < 2:
        yield Doubt(
            "",
            Cause.NOT_COLLECTED,
            "the portal file names accounts of one role only, so nobody could try what another role is offered",
            "add an [[identity]] of each role, with its `role`, and `admin = true` where that is so",
        )
    if access.routes and not any(_is_somebodys(access, route.name) for route in access.routes):
        yield Doubt(
            "",
            Cause.AMBIGUOUS,
            "nothing was found that anybody who is signed in is shown and strangers are not",
            "give the test accounts some records of their own, or raise [crawl] limit",
        )


def _untold(access: Access, kind: str) -> Iterator[Doubt]:
    """What was asked as others and not answered; or nothing of it could be told."""
    tries = [each for each in access.tried if each.kind == kind]
    for each in tries:
        if each.unanswered:
            yield Doubt(
                each.route,
                Cause.UNREACHABLE,
                f"{each.unanswered} tries by others were not answered, or by a limiter",
                "let the machine that runs the audit past the limiter, or lower requests_per_second in [crawl]",
            )
    told = any(each.kept or each.shared for each in tries) or any(c.kind == kind for c in access.crossings)
    asked = kind == "anonymous" or (kind == "object" and access.refused is None)
    if not told and not any(each.unanswered for each in tries) and (tries or (asked and access.routes)):
        yield Doubt(
            "",
            Cause.AMBIGUOUS,
            "nothing that was asked as somebody else could be told from what everybody is shown",
            "give the test accounts of each tenant some records of their own that name whose they are",
        )


def _is_somebodys(access: Access, route: str) -> bool:
    return any(
        each.route == route and each.outcome in ("own", "shared", "crossed") for each in access.reached
    )


def _unlooked(access: Access, writes: Writes | Missing) -> Iterator[Doubt]:
    for what, why in access.unlooked:
        yield why.doubt(what)
    if access.refused is not None:
        yield access.refused.doubt("what others are offered")
    if isinstance(writes, Missing):
        yield writes.doubt("what can be written")
        return
    for what, why in writes.unlooked:
        yield why.doubt(what)


def _values(count: int) -> str:
    return f"{count} value{'s' if count != 1 else ''}"
