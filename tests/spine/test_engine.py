"""The engine collects only what is needed, in order, at once where it can, and survives any broken part."""

import asyncio
from typing import Any

import pytest

from launchready import engine
from launchready.check import Check, Fix, Risk, needs
from launchready.collect import disturbing
from launchready.engine import Collector, gather
from launchready.errors import Refused, StoreError, TimedOut
from launchready.evidence import Fact, Missing
from launchready.verdict import Cause, Pass, Seen, Verdict


class Root(Fact, frozen=True):
    value: int


class Left(Fact, frozen=True):
    value: int


class Right(Fact, frozen=True):
    value: int


class Apart(Fact, frozen=True):
    value: int


def judge_both(left: Left, right: Right) -> Verdict:
    return Pass((Seen("sum", str(left.value + right.value)),))


CHECK = Check(asks="Do both sides add up?", risk=Risk.LOW, why="", fix=Fix("", "", "", ""), judge=judge_both)


def collectors(*functions: Any) -> dict[type, Collector]:
    return {
        f.__annotations__["return"]: Collector(f.__annotations__["return"], needs(f), f) for f in functions
    }


async def root() -> Root:
    return Root(1)


async def left(root: Root) -> Left:
    return Left(root.value + 1)


async def right(root: Root | Missing) -> Right:
    return Right(10 if isinstance(root, Missing) else root.value)


async def apart() -> Apart:
    raise AssertionError("nobody needs this")


def collect(monkeypatch: pytest.MonkeyPatch, *functions: Any) -> dict[type, Fact | Missing]:
    monkeypatch.setattr(engine, "all_collectors", lambda: collectors(*functions))
    facts: dict[type, Fact | Missing] = {}
    asyncio.run(gather(None, None, [CHECK], facts))  # type: ignore[arg-type]  # these collectors need neither
    return facts


def test_only_what_is_needed_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = collect(monkeypatch, root, left, right, apart)
    assert facts == {Root: Root(1), Left: Left(2), Right: Right(1)}
    assert CHECK.answer(facts) == Pass((Seen("sum", "3"),))


def test_a_broken_part_spoils_only_what_hangs_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken() -> Root:
        raise ZeroDivisionError("with a secret in its text")

    facts = collect(monkeypatch, broken, left, right)
    assert isinstance(facts[Left], Missing)
    assert facts[Left].cause is Cause.CHECK_BUG
    assert "secret" not in facts[Left].detail
    assert facts[Right] == Right(10)


@pytest.mark.parametrize(
    ("error", "cause"),
    [(TimedOut("nobody answered"), Cause.UNREACHABLE), (Refused("out of scope", "add it"), Cause.NO_CONSENT)],
)
def test_refusals_and_outages_are_evidence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, cause: Cause
) -> None:
    async def fails() -> Root:
        raise error

    facts = collect(monkeypatch, fails, left, right)
    assert isinstance(facts[Root], Missing)
    assert facts[Root].cause is cause
    assert facts[Left] == facts[Root]


def test_a_full_disk_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    async def full() -> Root:
        raise StoreError("no space left")

    with pytest.raises(StoreError):
        collect(monkeypatch, full, left, right)


def test_independent_facts_are_collected_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def meet() -> tuple[Any, Any]:
        barrier = asyncio.Barrier(2)

        async def left_waits() -> Left:
            await barrier.wait()
            return Left(1)

        async def right_waits() -> Right:
            await barrier.wait()
            return Right(2)

        monkeypatch.setattr(engine, "all_collectors", lambda: collectors(left_waits, right_waits))
        facts: dict[type, Fact | Missing] = {}
        async with asyncio.timeout(5):
            await gather(None, None, [CHECK], facts)  # type: ignore[arg-type]  # these collectors need neither
        return facts[Left], facts[Right]

    assert asyncio.run(meet()) == (Left(1), Right(2))


def test_collectors_that_disturb_wait_for_the_rest_and_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    async def first() -> Root:
        order.append("root")
        return Root(1)

    @disturbing(2)
    async def late() -> Left:
        order.append("late")
        return Left(1)

    @disturbing(1)
    async def earlier() -> Apart:
        order.append("earlier")
        return Apart(1)

    async def right(root: Root) -> Right:
        await asyncio.sleep(0.01)
        order.append("right")
        return Right(root.value)

    def judge_all(left: Left, right: Right, apart: Apart) -> Verdict:
        return Pass((Seen("sum", str(left.value + right.value + apart.value)),))

    check = Check(asks="", risk=Risk.LOW, why="", fix=Fix("", "", "", ""), judge=judge_all)
    monkeypatch.setattr(engine, "all_collectors", lambda: collectors(first, late, earlier, right))
    asyncio.run(gather(None, None, [check], {}))  # type: ignore[arg-type]  # these collectors need neither
    assert order == ["root", "right", "earlier", "late"]


def test_what_is_made_from_what_disturbs_comes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    @disturbing(1)
    async def drill() -> Root:
        order.append("drill")
        return Root(1)

    async def made(root: Root) -> Left:
        order.append("made")
        return Left(root.value)

    async def right() -> Right:
        await asyncio.sleep(0.01)
        order.append("right")
        return Right(1)

    monkeypatch.setattr(engine, "all_collectors", lambda: collectors(drill, made, right))
    asyncio.run(gather(None, None, [CHECK], {}))  # type: ignore[arg-type]  # these collectors need neither
    assert order == ["right", "drill", "made"]
