"""What a search for secrets comes to: a finding for each secret with its places, a doubt for all that was not read."""

from collections.abc import Iterable

from launchready.evidence import Missing
from launchready.evidence.secret_names import asked, closed, named
from launchready.evidence.secrets import Gap, KeyStates, Place, Rotations, Search, Secret
from launchready.verdict import Cause, Doubt, Finding, Seen, Verdict, weigh

SHOWN = 10
"""Places that a finding lists."""

NO_ROTATIONS = Rotations()
NONE_ASKED = KeyStates()

REDUCED = "reduced coverage"
"""What an engine's name says where it is not the whole engine."""


def judged(
    search: Search,
    *,
    surfaces: Iterable[str] = (),
    where: str = "what was searched",
    rotations: Rotations | Missing = NO_ROTATIONS,
    states: KeyStates | Missing = NONE_ASKED,
) -> Verdict:
    """A secret is a finding, a gap a doubt; a pass cites what was read, and nothing read is no pass.

    Args:
        search: what was searched and found.
        surfaces: the only surfaces whose places count; all by default.
        where: what was searched, as the subject of what was seen: "the git history".
        rotations: what the owner declared as replaced; it closes only what all places of are dated, and older.
        states: what providers say of the keys.
    """
    still, shut = findings(on_surfaces(search.secrets, surfaces), states, rotations)
    unasked = unanswered(states, where) if still else ()
    return weigh((*seen(search, where), *shut), still, (*doubts(search, where), *unasked))


def on_surfaces(secrets: Iterable[Secret], surfaces: Iterable[str]) -> tuple[Secret, ...]:
    """The secrets that stand on one of these surfaces, each with its places there only; all where none is named."""
    wanted = frozenset(surfaces)
    if not wanted:
        return tuple(secrets)
    narrowed = []
    for secret in secrets:
        places = tuple(place for place in secret.places if place.surface in wanted)
        if places:
            whole = places == secret.places
            narrowed.append(
                Secret(
                    secret.fingerprint,
                    secret.kind,
                    secret.rule,
                    secret.length,
                    places,
                    secret.further if whole else 0,
                    secret.in_head,
                )
            )
    return tuple(narrowed)


def findings(
    secrets: Iterable[Secret],
    states: KeyStates | Missing,
    rotations: Rotations | Missing = NO_ROTATIONS,
) -> tuple[tuple[Finding, ...], tuple[Seen, ...]]:
    """One finding for each secret that may open something; and why the others open nothing any more."""
    still, shut = [], []
    for name, secret in named(secrets):
        if why := closed(name, secret, rotations, states):
            shut.append(Seen(name, why))
        else:
            still.append(Finding(name, _lives(secret, states) + detail(secret)))
    return tuple(still), tuple(shut)


def _lives(secret: Secret, states: KeyStates | Missing) -> str:
    """What its provider says, where it was asked."""
    state = asked(secret, states)
    if state is None:
        return ""
    if state.state == "live":
        return f"live: {state.provider} took it on {state.on}; "
    return f"whether it still works could not be told ({state.why}); "


def unanswered(states: KeyStates | Missing, where: str) -> tuple[Doubt, ...]:
    """That providers are to be asked of what was found, and this run may not."""
    refused = isinstance(states, Missing) and states.cause == Cause.NO_CONSENT
    return (states.doubt(where),) if refused and isinstance(states, Missing) else ()


def detail(secret: Secret) -> str:
    """Where a secret stands, since when and by whom, and whether it is still in what is checked out."""
    places = secret.places
    shown = "; ".join(map(_place, places[:SHOWN]))
    more = len(places) - SHOWN + secret.further
    told = f"{secret.length} characters, at {shown}" + (f"; and {more:,} more" if more > 0 else "")
    last = places[-1]
    if len(places) > SHOWN and last.at:
        told += f"; last seen {last.at[:10]}"
    if secret.in_head is not None:
        told += (
            "; still there in the checked-out commit"
            if secret.in_head
            else "; gone from the checked-out commit"
        )
    return told


def _place(place: Place) -> str:
    told = place.where + (f":{place.line}" if place.line else "")
    if place.surface not in ("history", "tree", "log"):
        told = f"{place.surface} {told}"
    if place.who:
        told += " (nobody signed in)" if place.who == "anonymous" else f" (as {place.who})"
    if place.view:
        told += f" (read as {place.view})"
    if place.commit:
        told += f" in {place.commit[:10]}"
    if place.at:
        told += f" of {place.at[:10]}"
    return told + (f" by {place.author}" if place.author else "")


def seen(search: Search, where: str) -> tuple[Seen, ...]:
    """What was read; nothing where nothing was."""
    counts = [(what, count) for what, count in search.searched if count]
    if not counts:
        return ()
    read = ", ".join(f"{count:,} {what}" for what, count in counts)
    public = tuple(
        Seen(where, f"{count:,} x {kind}: public by design, not counted") for kind, count in search.public
    )
    return (Seen(where, f"{read} searched with {search.engine}"), *public)


def doubts(search: Search, where: str) -> tuple[Doubt, ...]:
    """What was not read: one doubt for each reason."""
    alike: dict[Missing, list[Gap]] = {}
    for gap in search.gaps:
        alike.setdefault(gap.why, []).append(gap)
    told = []
    for why, gaps in alike.items():
        more = f" (and {len(gaps) - 1:,} more alike)" if len(gaps) > 1 else ""
        told.append(Doubt(gaps[0].where, why.cause, why.detail + more, why.settle_by))
    if REDUCED in search.engine:
        told.append(
            Doubt(
                where,
                Cause.NOT_COLLECTED,
                f"searched by {search.engine}: kinds of secrets that it does not know may be there",
                "run the audit on a machine for which the whole engine is made: `launchready doctor` says which",
            )
        )
    return tuple(told)
