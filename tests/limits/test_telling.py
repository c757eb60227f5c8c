"""Answers are compared without mistaking a nonce, an advert or an echo for a difference, and times with a stated chance."""

from itertools import permutations
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.auth._telling import CHANCE, chance_of, clock, differences
from launchready.checks.auth.enumeration import CHECK
from launchready.evidence import Missing
from launchready.evidence.enumeration import Door, Enumeration, Named
from launchready.verdict import Cause, Unknown

WHO = ("ada", "sam", "nora", "sol")


def door(known: list[Named], unknown: list[Named]) -> Door:
    return Door("login", "https://portal.example/login", (*known, *unknown))


def named(
    who: str, *texts: str, status: int = 401, length: int = 300, seconds: float = 0.05, leads: str = ""
) -> Named:
    return Named(who, status, leads, length, seconds, texts=tuple((text, 1) for text in texts))


# Differences between accounts and others


def test_the_same_is_the_same() -> None:
    assert differences(door([named(who, "wrong") for who in WHO], [named("", "wrong")] * 4)) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"status": 404}, "status"), ({"leads": "/login?again"}, "leads"), ({"length": 320}, "size")],
)
def test_each_plain_difference_is_named(changes: dict[str, int | str], word: str) -> None:
    told = differences(door([named(who, "w") for who in WHO], [named("", "w", **changes) for _ in range(4)]))  # type: ignore[arg-type]
    assert len(told) == 1
    assert word in told[0]


def test_a_text_of_one_kind_alone_tells() -> None:
    (told,) = differences(
        door([named(who, "wrong password") for who in WHO], [named("", "no such user")] * 4)
    )
    assert "wrong password" in told
    assert "no such user" in told


def test_one_answer_of_each_kind_tells_nothing() -> None:
    assert differences(door([named("nora", "a")], [named("", "b")] * 8)) == []


def test_a_mask_of_the_name_is_no_text_of_the_portals() -> None:
    masks = [named("", f"{letter}***@n***") for letter in "bcdfghkl"]
    assert differences(door([named(who, f"{who[0]}***@n***") for who in WHO], masks)) == []
    assert differences(door([named("nora", "n***@n***")] * 4, masks)) == []


def test_a_mask_does_not_hide_a_difference() -> None:
    masks = [named("", f"{letter}***@n***", "no such user") for letter in "bcdfghkl"]
    mine = named("nora", "n***@n***", "wrong password")
    assert differences(door([mine] * 8, masks * 2))
    assert not differences(door([mine] * 4, masks))  # so few are not believed: the second look tells


@given(st.lists(st.sampled_from("abcde"), min_size=16, max_size=16), st.randoms())
def test_adverts_hardly_ever_tell(adverts: list[str], lot: Random) -> None:
    lot.shuffle(adverts)
    known = [named(WHO[at % 4], advert) for at, advert in enumerate(adverts[:8])]
    unknown = [named("", advert) for advert in adverts[8:]]
    if set(adverts[:8]) & set(adverts[8:]) or len(set(adverts[:8])) > 1 < len(set(adverts[8:])):
        assert differences(door(known, unknown)) == []


@given(st.sampled_from("abc"), st.lists(st.sampled_from("abc"), min_size=3, max_size=3))
def test_few_answers_with_adverts_tell_nothing(one: str, others: list[str]) -> None:
    if len(set(others)) > 1:
        assert (
            differences(door([named("ada", one), named("sam", one)], [named("", each) for each in others]))
            == []
        )


# Time


def counted(first: int, second: int, later: int) -> float:
    """The same by writing down every order."""
    ranks = range(first + second)
    hits = total = 0
    seen = set()
    for order in permutations(ranks, first):
        chosen = tuple(sorted(order))
        if chosen in seen:
            continue
        seen.add(chosen)
        rest = [rank for rank in ranks if rank not in chosen]
        pairs = sum(a > b for a in chosen for b in rest)
        total += 1
        hits += min(pairs, first * second - pairs) <= min(later, first * second - later)
    return hits / total


@pytest.mark.parametrize(("first", "second", "later"), [(2, 3, 0), (3, 3, 2), (3, 4, 11), (4, 3, 5)])
def test_the_chance_is_the_share_of_orders_as_uneven(first: int, second: int, later: int) -> None:
    exact = counted(first, second, later)
    assert chance_of(first, second, later) == pytest.approx(min(1.0, exact), abs=1e-9) or exact > 0.7


@given(st.integers(1, 10), st.integers(1, 10), st.data())
def test_a_chance_is_one(first: int, second: int, data: st.DataObject) -> None:
    later = data.draw(st.integers(0, first * second))
    assert 0 < chance_of(first, second, later) <= 1
    assert chance_of(first, second, later) == chance_of(second, first, first * second - later)
    assert chance_of(first, second, 0) == min(1.0, 2 / comb(first + second, first))


def times(*looks: tuple[list[float], list[float]]) -> Door:
    """A door with these times of accounts and of others, in each look."""
    return Door(
        "login",
        "https://portal.example/login",
        tuple(
            Named(who, 401, "", 300, seconds, look=look)
            for look, (known, unknown) in enumerate(looks, 1)
            for who, seconds in [(WHO[at % 4], each) for at, each in enumerate(known)]
            + [("", each) for each in unknown]
        ),
    )


HASHED = [0.11, 0.12, 0.10, 0.30]
UNHASHED = [0.02, 0.03, 0.02, 0.02, 0.03, 0.02, 0.02, 0.11]


def test_a_hash_that_is_only_made_for_accounts_tells() -> None:
    told = clock(times((HASHED, UNHASHED), (HASHED, [*UNHASHED[:-1], 0.02])))
    assert told.told
    assert told.chance < CHANCE


@pytest.mark.parametrize(
    "again",
    [
        ([0.02] * 4, [0.11] * 8),  # the other way round
        ([0.02, 0.03, 0.02, 0.02], [0.02, 0.03, 0.02, 0.02] * 2),  # not at all
        ([], []),  # a limiter was in the way
    ],
)
def test_what_is_not_there_again_was_an_accident(again: tuple[list[float], list[float]]) -> None:
    assert not clock(times((HASHED, [0.02] * 8), again)).told
    assert not clock(times((HASHED, [0.02] * 8))).told


def test_a_busy_machine_is_hardly_ever_taken_for_a_portal_that_tells() -> None:
    lot = Random(7)

    def look() -> tuple[list[float], list[float]]:
        order = [True] * 4 + [False] * 8
        lot.shuffle(order)
        busy, seconds = 1.0, []
        for _ in order:  # load comes and goes, and stays for a while
            busy = lot.choice((busy, busy, 1.0, 3.0, 9.0))
            seconds.append(0.06 * busy * lot.uniform(0.7, 1.3))
        return (
            [each for known, each in zip(order, seconds, strict=True) if known],
            [each for known, each in zip(order, seconds, strict=True) if not known],
        )

    accused = sum(clock(times(look(), look())).told for _ in range(3_000))
    assert accused <= 2


def test_a_difference_too_small_to_use_does_not() -> None:
    assert not clock(times(([0.0511] * 4, [0.0501] * 8), ([0.0511] * 4, [0.0501] * 8))).told


def test_two_against_eight_are_too_few_and_said_to_be() -> None:
    told = clock(times(([0.5] * 2, [0.01] * 8)))
    assert not told.told
    assert not told.enough


@given(st.lists(st.floats(0.001, 0.3), min_size=24, max_size=24), st.randoms())
def test_times_drawn_alike_are_told_apart_by_their_order_alone(all_of_it: list[float], lot: Random) -> None:
    lot.shuffle(all_of_it)
    looks = [(all_of_it[at : at + 4], all_of_it[at + 4 : at + 12]) for at in (0, 12)]
    told = clock(times(*looks))
    assert told == clock(times(*((sorted(known), sorted(unknown, reverse=True)) for known, unknown in looks)))
    if told.told:
        known, unknown = ([each for look in looks for each in look[at]] for at in (0, 1))
        later = sum(a > b for a in known for b in unknown)
        assert later <= 12 or later >= 116


# The verdict


def test_a_place_that_could_not_be_looked_at_is_unknown() -> None:
    gap = Missing(Cause.NOT_COLLECTED, "it was not tried", "try it")
    looked = door([named(who) for who in WHO], [named("")] * 8)
    none = Missing(Cause.NO_CONSENT, "no", "yes")
    verdict = CHECK.judge(
        Enumeration((looked, Door("reset", "https://portal.example/x", gap=gap)), "e", 1), none
    )
    assert isinstance(verdict, Unknown)
    assert verdict.seen
    assert isinstance(CHECK.judge(Enumeration((Door("login", ""),), "e", 1), none), Unknown)
