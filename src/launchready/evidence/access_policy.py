"""Who may reach what, as the owner declared it: the entries `[[access]]` of the portal file, and what they say.

Only what a person confirmed counts. An entry that was learned and not confirmed yet is what was seen, not what is meant.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from launchready.evidence import Fact, Missing
from launchready.evidence.access import ANONYMOUS, Access, Crossing, Party, Reached, WriteTrial
from launchready.verdict import Cause, Doubt, Finding

EVERYBODY = "*"
"""In roles: whoever is signed in. As a whole route: whatever no other entry names."""

REACHING = ("own", "shared", "public", "crossed")
"""Outcomes that show a party something of a route."""

_SETTLE = "confirm or change the entry in [[access]], or close the route to them"
_STRANGERS = "somebody who is not signed in"


class Rule(Fact, frozen=True):
    """One entry of the table.

    Attributes:
        route: as in `evidence.access.Route`, with "*" for any text; "*" alone is whatever no other entry names.
        roles: who may reach it: roles or names of identities, "anonymous", or "*" for whoever is signed in.
        records: tenant or user (each reaches only its own), shared (all that may reach it reach the same) or public.
        confirmed: whether the owner says that it is meant so.
        by, when: who confirmed it, and on which day (ISO date); empty where that is not said.
    """

    route: str
    roles: tuple[str, ...]
    records: str = "tenant"
    confirmed: bool = False
    by: str = ""
    when: str = ""

    def names(self, route: str) -> bool:
        """Whether the entry is about this route."""
        pattern = ".*".join(map(re.escape, self.route.split("*")))
        return re.fullmatch(pattern, route, re.DOTALL) is not None

    def lets(self, party: Party) -> bool:
        """Whether this party may reach it."""
        if self.records == "public":
            return True
        if party.name == ANONYMOUS:
            return ANONYMOUS in self.roles
        return not {EVERYBODY, party.name, party.role or party.name}.isdisjoint(self.roles)


class DeclaredAccess(Fact, frozen=True):
    """The whole table, in the order of the portal file; empty where the owner declared nothing."""

    rules: tuple[Rule, ...] = ()


class Drift(NamedTuple):
    """Where what was seen is not what the owner confirmed."""

    findings: tuple[Finding, ...]
    doubts: tuple[Doubt, ...]


class Policy:
    """What the confirmed entries say of these parties; with no table it says nothing of anybody."""

    def __init__(self, parties: Iterable[Party], declared: DeclaredAccess | Missing) -> None:
        """Take the confirmed entries; of several that name a route, the exact one counts, then the longest."""
        self._parties = {party.name: party for party in parties}
        rules = () if isinstance(declared, Missing) else declared.rules
        confirmed = sorted(
            (r for r in rules if r.confirmed), key=lambda r: (EVERYBODY in r.route, -len(r.route))
        )
        self._rules = [rule for rule in confirmed if rule.route != EVERYBODY]
        self._closed = any(rule.route == EVERYBODY for rule in confirmed)

    def rule(self, route: str) -> Rule | None:
        """The entry that decides about a route or operation, by its name; None where the owner confirmed none."""
        return next((rule for rule in self._rules if rule.names(route)), None)

    def says(self, route: str, party: str) -> bool | None:
        """Whether the owner lets this party, by its name, reach the route; None where that is not confirmed."""
        rule = self.rule(route)
        return rule.lets(self._party(party)) if rule else None

    def allows(self, crossed: Crossing | WriteTrial) -> bool:
        """Whether the owner confirmed that this is meant so: then it is no crossing.

        Fields that an owner must not set (property) are never a matter of who reaches what.
        """
        route = crossed.route if isinstance(crossed, Crossing) else crossed.operation
        rule, asker = self.rule(route), self._party(crossed.asker)
        if rule is None or crossed.kind == "property" or not rule.lets(asker):
            return False
        if crossed.kind != "object" or rule.records in ("shared", "public"):
            return True
        owner = self._party(crossed.owner)
        return rule.records == "tenant" and asker.tenant != "" and asker.tenant == owner.tenant

    def drift(self, access: Access, kind: str) -> Drift:
        """Where parties reach what the confirmed table does not hold, or records are another's than it says.

        Args:
            access: what was seen.
            kind: "anonymous" (of strangers), "function" (of everybody else) or "object" (records that two tenants
                are shown though each is said to have its own). What is a crossing already is not told twice.
        """
        findings: list[Finding] = []
        doubts: list[Doubt] = []
        for route, there in _by_route(access.reached):
            if kind == "object":
                doubts += self._unlike_records(route, there)
                continue
            asked = [
                (name, outcome)
                for name, outcome in self._untold(access, route, there)
                if (name == ANONYMOUS) == (kind == ANONYMOUS)
            ]
            told = self._beyond(route, asked)
            findings += told.findings
            doubts += told.doubts
        return Drift(tuple(findings), tuple(doubts))

    def beyond(self, access: Access) -> tuple[tuple[str, str], ...]:
        """Each (route, party) that reaches it though the confirmed table says no, but for what is a crossing already."""
        return tuple(
            (route, name)
            for route, there in _by_route(access.reached)
            for name, outcome in self._untold(access, route, there)
            if outcome in REACHING and self.says(route, name) is False
        )

    def _untold(self, access: Access, route: str, there: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Parties and outcomes at a route, without crossings; what strangers are shown too is told of them alone."""
        crossed = {each.asker for each in access.crossings if each.route == route}
        open_to_all = there.get(ANONYMOUS) in REACHING
        for name, outcome in there.items():
            again = outcome == "public" and open_to_all and name != ANONYMOUS
            if name not in crossed and not again:
                yield name, outcome

    def _beyond(self, route: str, asked: list[tuple[str, str]]) -> Drift:
        """Who of these reaches the route and should not."""
        rule = self.rule(route)
        if rule is None:
            new = [name for name, outcome in asked if outcome in REACHING]
            detail = f"reached by {self._people(new)}, and the confirmed table does not hold this route"
            settle = "run `launchready authz learn` and confirm what it adds, or close the route"
            return Drift((), (Doubt(route, Cause.AMBIGUOUS, detail, settle),) if new and self._closed else ())
        beyond = [(name, outcome) for name, outcome in asked if not rule.lets(self._party(name))]
        meant = f"the confirmed table lets {_roles(rule.roles)} reach it"
        reaching = [name for name, outcome in beyond if outcome in REACHING]
        partly = [name for name, outcome in beyond if outcome == "cut"]
        detail = f"{meant}, and {self._people(reaching)} does too"
        less = f"{meant}; {self._people(partly)} is answered as well, with less than others"
        return Drift(
            (Finding(route, detail),) if reaching else (),
            (Doubt(route, Cause.AMBIGUOUS, less, _SETTLE),) if partly else (),
        )

    def _unlike_records(self, route: str, there: dict[str, str]) -> list[Doubt]:
        """A doubt where the table says that each tenant has its own, and several are shown the same."""
        rule = self.rule(route)
        if rule is None or rule.records not in ("tenant", "user"):
            return []
        alike = [name for name, outcome in there.items() if outcome == "shared" and self._party(name).tenant]
        if len({self._party(name).tenant for name in alike}) < 2:
            return []
        detail = f"the confirmed table says that each {rule.records} has its own records here, and {', '.join(alike)}"
        return [Doubt(route, Cause.AMBIGUOUS, f"{detail} are shown the same", _SETTLE)]

    def _party(self, name: str) -> Party:
        return self._parties.get(name) or Party(name)

    def _people(self, names: list[str]) -> str:
        parties = [self._party(name) for name in names]
        return ", ".join(
            _STRANGERS if p.name == ANONYMOUS else f"{p.name} ({p.role})" if p.role else p.name
            for p in parties
        )


def _by_route(reached: Iterable[Reached]) -> list[tuple[str, dict[str, str]]]:
    """Outcomes by party for each route, all sorted."""
    there: dict[str, dict[str, str]] = {}
    for each in sorted(reached, key=lambda each: (each.route, each.party)):
        there.setdefault(each.route, {})[each.party] = each.outcome
    return list(there.items())


def _roles(roles: tuple[str, ...]) -> str:
    """Roles in words."""
    if not roles:
        return "nobody"
    said = {EVERYBODY: "everybody who is signed in", ANONYMOUS: "everybody"}
    return " and ".join(said.get(role, role) for role in roles)
