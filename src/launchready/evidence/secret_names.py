"""What a secret is called, and whether its owner's or its provider's word closes it: the same wherever it is told."""

from collections import Counter
from collections.abc import Iterable

from launchready.evidence import Missing
from launchready.evidence.secrets import KeyState, KeyStates, Rotation, Rotations, Secret


def named(secrets: Iterable[Secret]) -> tuple[tuple[str, Secret], ...]:
    """Each secret with its name: kind and first place, the same in every run."""
    count: Counter[str] = Counter()
    told = []
    for secret in secrets:
        name = f"{secret.kind} in {secret.places[0].where}"
        count[name] += 1
        ordinal = f" ({count[name]})" if count[name] > 1 else ""
        told.append((name + ordinal, secret))
    return tuple(told)


def rotated(name: str, secret: Secret, rotations: Rotations | Missing) -> Rotation | None:
    """The owner's word that this secret was replaced, where nothing brought it afterwards.

    A place without a date may hold the new value: nobody can tell, so it is not closed.
    """
    if isinstance(rotations, Missing) or not all(place.at for place in secret.places):
        return None
    last = max(place.at[:10] for place in secret.places)
    return next((each for each in rotations.entries if each.secret == name and each.on >= last), None)


def asked(secret: Secret, states: KeyStates | Missing) -> KeyState | None:
    """What its provider says of a secret; None where nobody was asked."""
    return None if isinstance(states, Missing) else states.of(secret)


def closed(name: str, secret: Secret, rotations: Rotations | Missing, states: KeyStates | Missing) -> str:
    """Why nobody can use this secret any more; empty where somebody may. What works was not replaced, whoever says so."""
    state = asked(secret, states)
    if state and state.state == "dead":
        return f"shown dead: {state.provider} refused it on {state.on}"
    if state and state.state == "live":
        return ""
    word = rotated(name, secret, rotations)
    return f"declared as replaced on {word.on} by {word.by}" if word else ""
