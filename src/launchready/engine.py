"""Collect, keep, judge. Whatever breaks on the way becomes Missing, then Unknown; the rest goes on.

A collector is an async function in `collect/` whose parameter types are what it needs and whose return type is the fact
it yields. The engine finds them, takes only those that the chosen checks need, and runs all that can run at once. Those
that disturb others (`collect.disturbing`) wait until the rest is over and then run one after the other.
"""

import asyncio
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Any, get_type_hints

from launchready import collect
from launchready.check import Check, Need, needs
from launchready.collect.people import People
from launchready.collect.people.ways_out import leave
from launchready.errors import Refused, SignInFailed, StoreError, WireError
from launchready.evidence import Fact, Missing
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire

Facts = dict[type, Fact | Missing]
Progress = Callable[[str, str], None]
"""Called with a fact's name and "begins" or "over"."""


@dataclass(frozen=True, slots=True)
class Collector:
    """One way to obtain one kind of fact."""

    yields: type
    needs: dict[str, Need]
    run: Callable[..., Awaitable[Fact]]

    @property
    def turn(self) -> int:
        """0 for those that run as soon as they can; the others' place in the queue at the end."""
        turn: int = getattr(self.run, "turn", 0)
        return turn


@cache
def all_collectors() -> dict[type, Collector]:
    """Every public async function of `collect/`, by the fact it yields."""
    found: dict[type, Collector] = {}
    for module in pkgutil.iter_modules(collect.__path__):
        loaded = import_module(f"{collect.__name__}.{module.name}")
        for name, function in vars(loaded).items():
            public = inspect.iscoroutinefunction(function) and not name.startswith("_")
            if not public or function.__module__ != loaded.__name__:
                continue
            yields = get_type_hints(function)["return"]
            if yields in found:
                raise TypeError(f"two collectors yield {yields.__name__}")
            found[yields] = Collector(yields, needs(function), function)
    return found


def plan(checks: Iterable[Check], given: Iterable[type]) -> dict[type, set[type]]:
    """The facts that these checks need, each with the facts it is made from; `given` ones are there already."""
    collectors, given = all_collectors(), set(given)
    graph: dict[type, set[type]] = {}
    wanted = [need.fact for check in checks for need in needs(check.judge).values()]
    while wanted:
        fact = wanted.pop()
        if fact in graph or fact in given or fact not in collectors:
            continue
        graph[fact] = {n.fact for n in collectors[fact].needs.values() if n.fact not in given}
        wanted.extend(graph[fact])
    queue = sorted((kind for kind in graph if collectors[kind].turn), key=lambda kind: collectors[kind].turn)
    after = set(queue)  # and what is made from what those find
    while more := {kind for kind in graph if kind not in after and graph[kind] & after}:
        after |= more
    before = set(graph) - after
    for kind in queue:
        graph[kind] |= before
        before.add(kind)
    return graph


async def gather(
    wire: Wire, site: Site, checks: Iterable[Check], facts: Facts, progress: Progress = lambda *_: None
) -> None:
    """Collect what the checks need into `facts`, which holds what there is so far at any time; sign out at the end.

    Raises:
        StoreError: the run folder cannot be written; there is no point in going on.
    """
    people = People(wire, site)
    given: dict[type, Any] = {Wire: wire, Site: site, People: people}
    order = TopologicalSorter(plan(checks, [*given, *facts]))
    order.prepare()
    running: dict[asyncio.Task[Fact | Missing], type] = {}
    try:
        while order.is_active():
            for kind in order.get_ready():
                progress(kind.__name__, "begins")
                running[asyncio.create_task(_attempt(all_collectors()[kind], {**facts, **given}))] = kind
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                kind = running.pop(task)
                facts[kind] = task.result()
                progress(kind.__name__, "over")
                order.done(kind)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await leave(people)


async def _attempt(collector: Collector, at_hand: dict[type, Any]) -> Fact | Missing:
    """Run one collector; what goes wrong is evidence."""
    arguments = {name: at_hand[need.fact] for name, need in collector.needs.items()}
    for name, value in arguments.items():
        if isinstance(value, Missing) and not collector.needs[name].tolerates_missing:
            return value
    try:
        return await collector.run(**arguments)
    except StoreError:
        raise
    except WireError as error:
        return missing(error)
    except Exception as error:  # noqa: BLE001 -- one broken collector must not spoil the others' facts
        where = f"collecting {collector.yields.__name__} broke ({type(error).__name__})"
        return Missing(Cause.CHECK_BUG, where, "report this to the makers of launchready")


def missing(error: WireError) -> Missing:
    """What a refusal or an outage is as evidence."""
    match error:
        case Refused():
            cause = Cause.NO_CONSENT
        case SignInFailed():
            cause = Cause.NOT_AUTHORISED
        case _:
            cause = Cause.UNREACHABLE
    return Missing(cause, str(error), error.settle_by)


def fact_kinds() -> tuple[type, ...]:
    """Every kind of fact that evidence.json may hold."""

    def below(kind: type) -> Iterable[type]:
        children: list[type] = kind.__subclasses__()
        for child in children:
            yield child
            yield from below(child)

    all_collectors()
    return tuple(below(Fact))
