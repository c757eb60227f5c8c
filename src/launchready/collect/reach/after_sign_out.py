"""Calls of one identity, made with a session of it that has ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from launchready.collect.people import People
from launchready.collect.reach.asking import Asking
from launchready.collect.reach.comparing import came_back
from launchready.collect.reach.reading import read
from launchready.collect.reach.telling import Telling
from launchready.collect.reach.views import Sample, View
from launchready.errors import StoreError, WireError
from launchready.evidence.access import ANONYMOUS, Crossing, SignedOut
from launchready.wire.visitor import Visitor

_MOST = 80


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of one run: what parties were shown, and all answers."""

    views: Mapping[str, View]
    asking: Asking


_GROUNDS: WeakKeyDictionary[People, Ground] = WeakKeyDictionary()


def keep_ground(people: People, ground: Ground) -> None:
    """Note it for those who come later in the run."""
    _GROUNDS[people] = ground


def ground_of(people: People) -> Ground | None:
    """What was noted; None where nothing was learned."""
    return _GROUNDS.get(people)


async def ask_before(ground: Ground, name: str, live: Visitor) -> None:
    """Ask the same while the session lives, as what is kept for each session has to be kept first."""
    for sample in _samples(ground, name):
        try:
            await live.fetch(
                sample.call.method, sample.call.url, headers=sample.call.headers, body=sample.call.body
            )
        except StoreError:
            raise
        except WireError:
            continue


async def answered_after(
    ground: Ground, name: str, old: Visitor, carriers: tuple[str, ...]
) -> SignedOut | None:
    """Ask one call of each template with what a session was carried by before it ended.

    Args:
        ground: of the run.
        name: whose session it was.
        old: what carried it.
        carriers: as in `evidence.sessions.SessionStart`.
    """
    view, public = ground.views[name], ground.views[ANONYMOUS].met
    telling = Telling(ground.views, ground.asking, {name: carriers})
    found: list[Crossing] = []
    asked: list[str] = []
    for sample in _samples(ground, name):
        template, call = sample.template, sample.call
        stranger = ground.asking.got(ANONYMOUS, call)
        assert stranger is not None
        try:
            answer = await old.copy().fetch(call.method, call.url, headers=call.headers, body=call.body)
        except StoreError:
            raise
        except WireError:
            continue
        asked.append(template.name)
        reading = read(answer, call.url)
        came = came_back(sample.stable, reading, sample.ids, view.frame, public, stranger.pieces)
        if came.is_enough:
            found.append(
                Crossing(
                    "anonymous",
                    template.name,
                    f"asked with a session of {name} that was signed out",
                    name,
                    ANONYMOUS,
                    certain=True,
                    why="other routes refuse the same session",
                    markers=len(came.markers),
                    seen=len(came.seen),
                    answer=reading.exchange,
                    owners=sample.first.exchange,
                    curl=telling.curl(name, call, template),
                )
            )
    return SignedOut(name, len(asked), tuple(found), tuple(sorted(set(asked)))) if asked else None


def _samples(ground: Ground, name: str) -> list[Sample]:
    """One call of each template that strangers were asked for too; the others are public."""
    first = [samples[0] for _, samples in sorted(ground.views[name].samples.items())]
    return [each for each in first if ground.asking.got(ANONYMOUS, each.call) is not None][:_MOST]
