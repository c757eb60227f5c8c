"""Who reaches what as a table, from what was seen and what the owner confirmed: pure, like all judging."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from launchready.evidence import Fact, Missing
from launchready.evidence.access import ANONYMOUS, Access, Crossing, Party, SignedOut, Writes, WriteTrial
from launchready.evidence.access_policy import DeclaredAccess, Policy
from launchready.evidence.http import Exchange
from launchready.scorecard import (
    AccessAnswer,
    AccessCrossing,
    AccessExchange,
    AccessParty,
    AccessRoute,
    AccessTable,
    FindingItem,
    Result,
)

ROW = "authz"
_STRANGER = "a stranger"
_NONE = AccessAnswer("unasked", 0)
_REACHED = ("own", "shared", "public")

Kind = TypeVar("Kind", bound=Fact)


def access_table(facts: Mapping[type, Fact | Missing], results: Iterable[Result]) -> AccessTable | None:
    """The table, or None where nobody looked.

    Args:
        facts: of the run; Access, Writes, SignedOut and DeclaredAccess are read.
        results: what the checks said, for the findings that crossings belong to.
    """
    access, writes = _fact(facts, Access), _fact(facts, Writes)
    if access is None:
        return None
    policy = Policy(access.parties, _fact(facts, DeclaredAccess) or DeclaredAccess())
    findings = {result.check: result.findings for result in results if result.row == ROW}
    parties = side_by_side(access)
    trials = writes.trials if writes else ()
    crossed: list[Crossing | WriteTrial] = [
        *(each for each in access.crossings if not policy.allows(each)),
        *(each for each in access.unsettled if policy.rule(each.route) and not policy.allows(each)),
        *(each for each in trials if each.changed and not policy.allows(each)),
    ]
    routes = [*_read(access, policy, parties), *(_written(writes, policy, parties) if writes else ())]
    told = [AccessParty(p.name, p.role, p.tenant, p.admin) for p in parties]
    if (ended := _fact(facts, SignedOut)) is not None and ended.routes:
        column = f"{ended.identity} (signed out)"
        after = [each for each in ended.crossings if not policy.allows(each)]
        crossed += (msgspec.structs.replace(e, asker=column, how="is answered as before") for e in after)
        told.insert(1, AccessParty(column, "", "", admin=False))
        routes = [_beside_strangers(each, _after_sign_out(ended, after, each.route)) for each in routes]
    routes.sort(key=lambda each: (each.kind == "operation", each.route))
    places = {route.route: place for place, route in enumerate(routes)}
    crossings = [
        *(_crossing(each, findings.get(f"{ROW}/{each.kind}", ())) for each in crossed),
        *(_beyond_table(*each, findings) for each in policy.beyond(access)),
    ]
    return AccessTable(
        tuple(told),
        tuple(routes),
        # As the routes stand, so that numbers in the picture grow downwards.
        tuple(sorted(crossings, key=lambda c: (places.get(c.route, len(places)), c.asker, c.owner))),
        f"{access.refused.detail}; to settle it, {access.refused.settle_by}" if access.refused else "",
    )


def _fact(facts: Mapping[type, Fact | Missing], kind: type[Kind]) -> Kind | None:
    fact = facts.get(kind)
    return fact if isinstance(fact, kind) else None


def side_by_side(access: Access) -> tuple[Party, ...]:
    """The parties as people compare them: strangers, then lowest role first, those of one role by tenant.

    A role counts as the lower one without admin rights, then with a tenant of its own where others have none, then
    where it reaches fewer routes.
    """
    tenants = any(party.tenant for party in access.parties)
    reach: dict[str, set[str]] = {}
    roles = {party.name: party.role for party in access.parties}
    for each in access.reached:
        if each.outcome in _REACHED:
            reach.setdefault(roles.get(each.party, ""), set()).add(each.route)

    def place(party: Party) -> tuple[object, ...]:
        house = tenants and not party.tenant
        routes = len(reach.get(party.role, ()))
        return (party.name != ANONYMOUS, party.admin, house, routes, party.role, party.tenant, party.name)

    return tuple(sorted(access.parties, key=place))


def _read(access: Access, policy: Policy, parties: tuple[Party, ...]) -> Iterable[AccessRoute]:
    """A line for each route that was read."""
    answers = {(e.route, e.party): AccessAnswer(e.outcome, e.status) for e in access.reached}
    meant: dict[tuple[str, str], bool] = {}
    for each in access.crossings:
        key = (each.route, each.asker)
        meant[key] = meant.get(key, True) and policy.allows(each)
    for each in access.unsettled:
        key = (each.route, each.asker)
        if policy.rule(each.route) is None:
            answers[key] = AccessAnswer("unclear", each.answer.status)
        elif not policy.allows(each):
            meant[key] = False
    for key, allowed in meant.items():
        status = answers.get(key, _NONE).status
        answers[key] = AccessAnswer("shared" if allowed else "crossed", status)
    for key in policy.beyond(access):
        answers[key] = AccessAnswer("crossed", answers[key].status)
    for route in access.routes:
        told = tuple(answers.get((route.name, party.name), _NONE) for party in parties)
        yield AccessRoute(route.name, route.kind, told)


def _after_sign_out(ended: SignedOut, crossed: Iterable[Crossing], route: str) -> AccessAnswer:
    """What that session was answered at a route."""
    status = next((each.answer.status for each in crossed if each.route == route), None)
    if status is not None:
        return AccessAnswer("crossed", status)
    return AccessAnswer("refused", 0) if route in ended.routes else _NONE


def _beside_strangers(route: AccessRoute, answer: AccessAnswer) -> AccessRoute:
    """The line with one answer more, after that to strangers."""
    answers = route.answers
    return msgspec.structs.replace(route, answers=(*answers[:1], answer, *answers[1:]))


def _written(writes: Writes, policy: Policy, parties: tuple[Party, ...]) -> Iterable[AccessRoute]:
    """A line for each operation: its own for whom it is offered to, and what came of the trials, at worst."""
    has = {(name, party) for name, _source, offered_to in writes.operations for party in offered_to}
    tried: dict[tuple[str, str], AccessAnswer] = {}
    for trial in sorted(writes.trials, key=lambda t: (t.changed is True, t.changed is None)):
        if trial.changed is not None:
            has.add(
                (trial.operation, trial.owner)
            )  # it was seen to work for its owner, else it would be unclear
        if trial.kind == "property" and not trial.changed:
            continue  # a field that was not taken says nothing of who may send the rest
        status = trial.answer.status if isinstance(trial.answer, Exchange) else 0
        changed = "shared" if policy.allows(trial) else "crossed"
        outcome = {True: changed, False: "refused", None: "unclear"}[trial.changed]
        tried[trial.operation, trial.asker] = AccessAnswer(outcome, status)
    names = {name for name, _source, _offered in writes.operations} | {
        trial.operation for trial in writes.trials
    }
    for name in names:
        told = tuple(_operation(tried.get((name, p.name)), (name, p.name) in has) for p in parties)
        yield AccessRoute(name, "operation", told)


def _operation(tried: AccessAnswer | None, has: bool) -> AccessAnswer:  # noqa: FBT001 -- private, two facts
    """What a trial showed; where a refused one is of somebody who has the operation, it has it for its own."""
    if tried is None or (has and tried.outcome == "refused"):
        return AccessAnswer("own", 0) if has else _NONE
    return tried


def _crossing(crossed: Crossing | WriteTrial, findings: Iterable[FindingItem]) -> AccessCrossing:
    """A crossing with all that shows it, for people."""
    route = crossed.route if isinstance(crossed, Crossing) else crossed.operation
    finding = _finding(route, findings)
    owner, asker = crossed.owner, _STRANGER if crossed.asker == ANONYMOUS else crossed.asker
    if isinstance(crossed, Crossing):
        certain = crossed.certain
        why = f"{crossed.seen} of {crossed.markers} values that should not come back did; {crossed.why}"
        told: tuple[tuple[str, Exchange | Missing | None], ...] = (
            (asker, crossed.answer),
            (f"{owner}, whose it is", crossed.owners),
            (f"{asker}, for what does not exist", crossed.never),
            (_STRANGER, crossed.strangers),
        )
    else:
        certain, why = True, _what_became(crossed)
        told = ((asker, crossed.answer),)
    exchanges = tuple(_exchange(who, answer) for who, answer in told if answer is not None)
    return AccessCrossing(
        crossed.kind, finding, route, crossed.how, owner, crossed.asker, certain, why, exchanges, crossed.curl
    )


def _beyond_table(route: str, asker: str, findings: Mapping[str, tuple[FindingItem, ...]]) -> AccessCrossing:
    """Somebody who reaches what the owner's confirmed table does not let them reach."""
    kind = ANONYMOUS if asker == ANONYMOUS else "function"
    finding = _finding(route, findings.get(f"{ROW}/{kind}", ()))
    why = "the confirmed table does not hold this"
    return AccessCrossing(
        kind, finding, route, "reaches it", "", asker, certain=True, why=why, exchanges=(), curl=""
    )


def _finding(route: str, findings: Iterable[FindingItem]) -> str:
    """The id of the finding about a route; empty where there is none."""
    return next((each.id for each in findings if route in each.subject), "")


def _what_became(trial: WriteTrial) -> str:
    undone = {True: "; it was put back", False: "; it could not be put back", None: ""}[trial.undone]
    fields = f" ({', '.join(trial.fields)})" if trial.fields else ""
    return f"{trial.owner}, asking again, found the record changed{fields}{undone}"


def _exchange(who: str, answer: Exchange | Missing) -> AccessExchange:
    if isinstance(answer, Missing):
        return AccessExchange(who, "", answer.detail)
    kind = f", {answer.media_type}" if answer.media_type else ""
    return AccessExchange(
        who, f"{answer.method} {answer.url}", f"{answer.status}{kind}, {answer.size:,} bytes"
    )
