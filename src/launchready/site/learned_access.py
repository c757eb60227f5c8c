"""From what was seen of a portal to the entries `[[access]]` that would allow just that."""

from dataclasses import dataclass

from launchready.evidence.access import ANONYMOUS, Access, Party, Route
from launchready.evidence.access_policy import EVERYBODY, DeclaredAccess, Policy
from launchready.site.access import route as checked
from launchready.site.access import short

_REACHING = ("own", "shared", "public")
_TOLD = ("crossed", "own", "shared", "public", "cut", "unclear", "refused")


@dataclass(frozen=True, slots=True)
class Learned:
    """One entry as it would be written.

    Attributes:
        route: as the portal file names it.
        roles, records: that allow what was seen and is no crossing.
        seen: who was seen there and how, as comments.
    """

    route: str
    roles: tuple[str, ...]
    records: str
    seen: tuple[str, ...]


def learned(access: Access, declared: DeclaredAccess, start: str) -> tuple[Learned, ...]:
    """An entry for each route that somebody reached and no confirmed entry names, sorted by route.

    Args:
        access: what was seen. What crossed is told in the comment, and allowed to nobody.
        declared: what the portal file holds already.
        start: address of the portal: routes of its host are written as paths.
    """
    policy = Policy(access.parties, declared)
    parties = {party.name: party for party in access.parties}
    outcomes: dict[str, dict[str, str]] = {}
    for each in access.reached:
        outcomes.setdefault(each.route, {})[each.party] = each.outcome
    open_routes = (route for route in access.routes if policy.rule(route.name) is None)
    entries = (_entry(route, outcomes.get(route.name, {}), parties, start) for route in open_routes)
    return tuple(
        sorted(filter(None, entries), key=lambda entry: (entry.route.partition(" ")[2], entry.route))
    )


def _entry(route: Route, there: dict[str, str], parties: dict[str, Party], start: str) -> Learned | None:
    """What one route's entry says; None where nobody reached it, or its name cannot stand in the file."""
    name = short(route.name, start)
    reaching = {party for party, outcome in there.items() if outcome in _REACHING} | set(route.seen_by)
    try:
        checked(name)
    except ValueError:
        return None
    if not reaching:
        return None
    seen = tuple(_seen(outcome, there, parties) for outcome in _TOLD if outcome in there.values())
    if there.get(ANONYMOUS) == "public":
        return Learned(name, (ANONYMOUS, EVERYBODY), "public", seen)
    roles = {_role(parties.get(party, Party(party))) for party in reaching}
    return Learned(name, tuple(sorted(roles)), _records(there, parties), seen)


def _records(there: dict[str, str], parties: dict[str, Party]) -> str:
    """Whose records the route holds, the narrowest that fits what was seen.

    Where others have tenants, whoever has none is of the house: what only the house has is the same for all of it.
    """
    own = [
        parties[party]
        for party, outcome in there.items()
        if outcome in ("own", "crossed") and party in parties
    ]
    if any(party.tenant for party in own):
        return "tenant"
    tenants = any(party.tenant for party in parties.values())
    return "user" if own and not tenants and "shared" not in there.values() else "shared"


def _role(party: Party) -> str:
    return party.role or party.name


def _seen(outcome: str, there: dict[str, str], parties: dict[str, Party]) -> str:
    names = sorted(party for party, said in there.items() if said == outcome)
    return f"{outcome}: {', '.join(map(_who, (parties.get(name, Party(name)) for name in names)))}"


def _who(party: Party) -> str:
    what = ", ".join(filter(None, (party.role, party.tenant)))
    # What a portal file names may hold line breaks; a comment must not.
    return " ".join(f"{party.name} ({what})".split() if what else party.name.split())
