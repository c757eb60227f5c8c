"""Who reaches what: each identity at each route, whose records came back, and what changed when others wrote to them.

Routes stand with their ids left out; what is shown of a record is counted, never quoted.
"""

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange

ANONYMOUS = "anonymous"
"""The party that is not signed in."""
SOMEBODY = "somebody else"
"""Whose a record is that is no party's: of another client, by all that it says."""


class Party(Fact, frozen=True):
    """Somebody who asked; fields as declared in the portal file, empty where nothing is."""

    name: str
    role: str = ""
    tenant: str = ""
    admin: bool = False
    test: bool = False


class Route(Fact, frozen=True):
    """Requests of one template.

    Attributes:
        name: method and address with ids left out, as "GET https://portal.example/invoices/{}"; redacted and stable.
        kind: page, api (JSON) or file.
        slots: where the ids stand, in words: "path", "query client", "json order.id", "form ticket", "header x-tenant",
            "variable id". Empty where there are none.
        source: how it became known: link, form, script, browser, openapi, graphql, har, postman, probe.
        seen_by: parties that were shown something here of their own accord, sorted.
    """

    name: str
    kind: str
    slots: tuple[str, ...] = ()
    source: str = "link"
    seen_by: tuple[str, ...] = ()


class Reached(Fact, frozen=True):
    """What one party was answered at one route, at worst.

    Attributes:
        route: its name.
        party: who asked.
        outcome: own (what is its own), shared (what others are shown as well, by all we know), public (strangers are
            shown it too), refused (an error, a login page, or what a record that does not exist is answered), cut
            (answered with less, nothing of others'), crossed (somebody else's, see the crossings), unclear, unasked.
        status: of the answer that says so; 0 without one.
    """

    route: str
    party: str
    outcome: str
    status: int = 0


class Tried(Fact, frozen=True):
    """Calls of one route that were made by those whose they are not, and what came of them.

    Attributes:
        kind: as of a crossing.
        route: its name.
        kept: nothing of the owner's came back.
        shared: what came back is shared or public, by all we know.
        unclear: something came back, and it could not be told whose it is.
        unanswered: there was no answer, or a limiter's.
    """

    kind: str
    route: str
    kept: int = 0
    shared: int = 0
    unclear: int = 0
    unanswered: int = 0


class Crossing(Fact, frozen=True):
    """Something of one party that came back to another who should not get it, by all we know.

    Attributes:
        kind: object (a record of another tenant or user), function (what only another role is offered) or anonymous
            (what only somebody who is signed in is shown, without being it).
        route: its name.
        how: what was done, in words that begin with a verb and hold no id: "asked for a record of nora".
        owner: who is shown it of their own accord.
        asker: who got it.
        certain: only values of the owner came back (high confidence); else it follows from ids that nobody shares.
        why: by what we know, in one sentence; counts, no values.
        markers, seen: values that only the owner is shown, and how many of them came back.
        answer: what the asker was answered.
        owners: the owner's own answer; None where nobody that could be signed in is shown it.
        never: the answer to a record that does not exist; Missing where there was none, None where there is no id.
        strangers: what a stranger was answered; None where the asker is one.
        curl: how to see it by hand, with $TOKEN_NAME and $COOKIE_NAME for what signs in, $ID for what names the record.
        settle_by: what would tell whether it is meant so, where nothing that was seen does; else empty.
    """

    kind: str
    route: str
    how: str
    owner: str
    asker: str
    certain: bool
    why: str
    markers: int
    seen: int
    answer: Exchange
    owners: Exchange | None
    never: Exchange | Missing | None = None
    strangers: Exchange | Missing | None = None
    curl: str = ""
    settle_by: str = ""


class Access(Fact, frozen=True):
    """All that was learned and tried by reading.

    Attributes:
        parties: who asked, anonymous included.
        routes: learned, sorted by name.
        reached: for each route and party.
        crossings: sorted by kind, route, owner, asker.
        unlooked: (what: a party or a route, why) where we could not look.
        refused: why ids were not tried at all; None when they were.
        excess: (route, party, field names) of answers with fields that nobody should be shown, as a password hash.
        requests: that all of it took.
        tried: by kind and route, sorted.
        unsettled: what may be meant so, as colleagues who open each other's records; sorted like the crossings.
    """

    parties: tuple[Party, ...]
    routes: tuple[Route, ...] = ()
    reached: tuple[Reached, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    unlooked: tuple[tuple[str, Missing], ...] = ()
    refused: Missing | None = None
    excess: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    requests: int = 0
    tried: tuple[Tried, ...] = ()
    unsettled: tuple[Crossing, ...] = ()


class SignedOut(Fact, frozen=True):
    """What a session was answered after it had been signed out.

    Attributes:
        identity: whose session; empty where none could be ended.
        asked: calls that were made with it.
        crossings: those that were answered as before, as strangers are not; sorted by route.
        routes: of the calls, sorted.
    """

    identity: str = ""
    asked: int = 0
    crossings: tuple[Crossing, ...] = ()
    routes: tuple[str, ...] = ()


class WriteTrial(Fact, frozen=True):
    """One write that should not be possible, tried on a record made for that, and what became of the record.

    Attributes:
        kind: object (a record of another tenant or user), function (an operation that only another role is offered),
            frontend-only (the same, where a control that the interface shows to the other role alone is all that keeps
            it away), anonymous (without being signed in) or property (a field that its owner must not set).
        operation: method and address with ids left out.
        how: what was sent, in words that begin with a verb and hold no id or secret.
        owner: whose record it is.
        asker: who sent it.
        answer: Missing when there was none.
        changed: whether the owner, asking again, found the record changed or gone; None when that could not be told.
        fields: names of the fields that were changed (property).
        undone: whether what had changed was put back, and seen to be; None when nothing had.
        curl: how to see it by hand, as in a crossing.
        requests: that it took, with its share of the records made for it and of the same write made by right.
    """

    kind: str
    operation: str
    how: str
    owner: str
    asker: str
    answer: Exchange | Missing
    changed: bool | None
    fields: tuple[str, ...] = ()
    undone: bool | None = None
    curl: str = ""
    requests: int = 0


class Canary(Fact, frozen=True):
    """A record that we made to be written to, and whether it is gone again."""

    made_by: str
    operation: str
    removed: bool
    says: str = ""


class Wellbeing(Fact, frozen=True):
    """Whether an identity that was used is as it was: signed in, its role and name the same."""

    party: str
    well: bool
    says: str = ""


class Writes(Fact, frozen=True):
    """All that was tried by writing, with consent.

    Attributes:
        operations: writes that were learned, each (operation, source, parties that are offered it).
        trials, canaries, wellbeing: what was done, and what is left of it.
        unlooked: (what: an operation or a party, why) where we could not look.
        requests: that all of it took.
        parties: who was signed in.
    """

    operations: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    trials: tuple[WriteTrial, ...] = ()
    canaries: tuple[Canary, ...] = ()
    wellbeing: tuple[Wellbeing, ...] = ()
    unlooked: tuple[tuple[str, Missing], ...] = ()
    requests: int = 0
    parties: tuple[Party, ...] = ()
