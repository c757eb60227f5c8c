"""The procedure keeps its bounds whatever it is answered, and tells any limiter of a large family."""

from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.auth._guesses import MOST_PER_MINUTE, SOUND, read
from launchready.checks.auth.brute_force import CHECK
from launchready.collect.guessing import (
    BURST,
    MOST_REQUESTS,
    MOST_SECONDS,
    Means,
    Move,
    Reply,
    arrive_together,
    procedure,
)
from launchready.verdict import Fail, Pass, Unknown

from .imagined import Imagined

MEANS = Means()


def run(replies: list[Reply], means: Means = MEANS) -> list[Move]:
    """All moves, when the answers come from a list that begins anew; our bounds are kept as the collector keeps them."""
    course, moves, at, left = procedure(means), [], 0.0, MOST_REQUESTS
    stream = iter(replies * 40)
    move = next(course)
    while True:
        moves.append(move)
        got = []
        for _ in range(move.count):
            reply = next(stream)
            if move.purpose == "begin":
                left = MOST_REQUESTS
            at += reply.seconds + move.wait / move.count
            sent = reply.requests <= left
            left -= reply.requests if sent else 0
            got.append(
                Reply(
                    reply.outcome if sent else "unsent",
                    reply.differs,
                    reply.seconds,
                    at,
                    reply.requests if sent else 0,
                    server_error=reply.server_error,
                    asked_to_wait=reply.asked_to_wait,
                )
            )
        try:
            move = course.send(tuple(got))
        except StopIteration:
            return moves


a_reply = st.builds(
    Reply,
    outcome=st.sampled_from(("accepted", "wrong", "other", "silent")),
    differs=st.frozensets(st.sampled_from(("status 429", "+a", "-b")), max_size=2),
    seconds=st.floats(0.001, 3.0),
    requests=st.integers(1, 4),
    server_error=st.booleans(),
    asked_to_wait=st.sampled_from((-1.0, 0.0, 5.0, 3600.0)),
)


@given(
    st.lists(a_reply, min_size=1, max_size=40), st.builds(Means, other=st.booleans(), unknown=st.booleans())
)
def test_it_ends_within_its_bounds_whatever_comes(replies: list[Reply], means: Means) -> None:
    moves = run(replies, means)
    assert sum(move.count for move in moves) < 100
    assert max(move.count for move in moves) <= BURST
    assert all(move.who in ("own", "other") for move in moves if move.right)
    assert all(
        move.who == "own" for move in moves if move.purpose in ("series", "burst", "confirm", "hold", "after")
    )
    assert means.other or all(move.who != "other" for move in moves)
    assert means.unknown or all(move.who not in ("unknown", "many") for move in moves)


@given(st.lists(a_reply, min_size=1, max_size=40))
def test_server_errors_in_a_row_end_it(replies: list[Reply]) -> None:
    broken = Reply("other", server_error=True, at=1.0)
    course = procedure(MEANS)
    move, after, streak = next(course), 0, 0
    stream = iter(replies * 40)
    answered = 0
    while True:
        if move.purpose in ("begin", "reference"):
            got = (Reply("accepted" if move.right else "wrong", at=0.1),)
        elif move.purpose == "health" or answered >= 3:
            got = (broken,) * move.count
            answered = 3
            streak += move.purpose != "health"
            after += move.purpose == "after"
        else:
            got = (next(stream),) * move.count
            answered += 1
        try:
            move = course.send(got)
        except StopIteration:
            break
    assert streak <= BURST + 4
    assert after <= 1


limiters = st.builds(
    Imagined,
    most=st.integers(3, 12),
    key=st.sampled_from(("account", "address", "nothing")),
    manner=st.sampled_from(("status", "words", "silent")),
    real_only=st.booleans(),
    cost=st.integers(1, 2),
)


@given(limiters)
def test_every_limiter_that_holds_is_told(portal: Imagined) -> None:
    if portal.key != "account":
        portal.real_only = False
    fact = portal.look(MEANS)
    reading = read(fact)
    assert reading.kind == ("silent" if portal.manner == "silent" else "refusal")
    assert reading.scope == ("account" if portal.key == "account" else "address")
    assert isinstance(CHECK.judge(fact), Pass)
    assert not reading.falls_to
    assert fact.requests <= MOST_REQUESTS
    assert portal.now <= MOST_SECONDS
    if portal.manner == "silent":
        assert not reading.tells


@given(
    st.sampled_from(("x-forwarded-for", "x-real-ip", "forwarded", "client-ip", "cf-connecting-ip")),
    st.integers(3, 8),
    st.sampled_from(("account", "address")),
    st.sampled_from(("status", "words")),
)
def test_a_limiter_that_believes_a_header_falls_to_it(header: str, most: int, key: str, manner: str) -> None:
    portal = Imagined(most=most, key=key, manner=manner, trusts=header)
    fact = portal.look(MEANS)
    assert read(fact).falls_to == (header,)
    verdict = CHECK.judge(fact)
    assert isinstance(verdict, Fail)
    assert header in verdict.findings[0].detail.lower()


@given(st.integers(1, 2), st.builds(Means, other=st.booleans()))
def test_no_limit_is_told_with_the_number_tried(cost: int, means: Means) -> None:
    portal = Imagined(most=None, cost=cost)
    fact = portal.look(means)
    reading = read(fact)
    assert reading.kind == "none"
    assert reading.guesses > SOUND
    assert reading.together == BURST == portal.most_at_once
    verdict = CHECK.judge(fact)
    assert isinstance(verdict, Fail)
    assert f"{reading.guesses} wrong passwords, 10 of them at once" in verdict.findings[0].detail


@given(st.integers(3, 30), st.sampled_from(("status", "words", "silent")))
def test_what_stops_one_page_stops_nobody(most: int, manner: str) -> None:
    fact = Imagined(most=most, page="counted", manner=manner, cost=2).look(MEANS)
    verdict = CHECK.judge(fact)
    assert read(fact).kind in ("none", "unclear")
    assert isinstance(verdict, Fail | Unknown)
    assert most > 8 or manner == "silent" or isinstance(verdict, Fail)
    assert fact.requests <= MOST_REQUESTS


@given(
    st.integers(3, 12), st.sampled_from(("status", "words", "silent")), st.sampled_from(("once", "unsaid"))
)
def test_a_page_that_serves_once_hides_no_limit(most: int, manner: str, page: str) -> None:
    portal = Imagined(most=most, page=page, manner=manner, cost=2)
    verdict = CHECK.judge(portal.look(MEANS))
    assert isinstance(verdict, Pass if page == "once" else Pass | Unknown)


@given(st.integers(3, 40), st.sampled_from(("account", "address", "nothing")), st.integers(1, 4))
def test_whatever_a_guess_costs_no_limit_that_holds_fails_before_it_is_reached(
    most: int, key: str, cost: int
) -> None:
    portal = Imagined(most=most, key=key, cost=cost)
    fact = portal.look(MEANS)
    assert fact.requests <= MOST_REQUESTS
    assert most > 12 or cost > 2 or isinstance(CHECK.judge(fact), Pass)
    assert most > SOUND or not isinstance(CHECK.judge(fact), Fail)


@given(
    st.integers(3, 40),
    st.sampled_from(("account", "address", "nothing")),
    st.sampled_from(("once", "unsaid")),
)
def test_nor_where_each_page_serves_once(most: int, key: str, page: str) -> None:
    for keeps in (True, False):
        fact = Imagined(most=most, key=key, page=page, cost=2, keeps=keeps).look(MEANS)
        assert fact.requests <= MOST_REQUESTS
        assert most > SOUND or not isinstance(CHECK.judge(fact), Fail)


@given(st.integers(3, 30), st.booleans())
def test_a_word_of_chance_keeps_no_page_from_being_sent_again(most: int, varied: bool) -> None:  # noqa: FBT001 -- drawn
    portal = Imagined(most=most, key="nothing", cost=2, varied=varied)
    assert isinstance(CHECK.judge(portal.look(MEANS)), Pass | Unknown)
    assert any(move.shared for move in portal.moves if move.purpose == "series")


def test_a_page_that_serves_once_hides_no_want_of_a_limit() -> None:
    assert read(Imagined(most=None, page="once", cost=2).look(MEANS)).kind == "none"
    assert read(Imagined(most=None, page="once", cost=2, keeps=False).look(MEANS)).kind == "unclear"


@given(st.integers(3, 40), st.integers(1, 4))
def test_a_refusal_that_takes_the_right_password_never_passes(most: int, cost: int) -> None:
    assert not isinstance(CHECK.judge(Imagined(most=most, looks_first=True, cost=cost).look(MEANS)), Pass)


@given(st.integers(3, 8))
def test_a_refusal_that_takes_the_right_password_is_none(most: int) -> None:
    fact = Imagined(most=most, looks_first=True).look(MEANS)
    assert read(fact).kind == "right-passes"
    assert isinstance(CHECK.judge(fact), Fail)


@given(st.integers(3, 7))
def test_a_lock_of_real_accounts_alone_tells_them(most: int) -> None:
    assert read(Imagined(most=most, real_only=True).look(MEANS)).tells
    assert not read(Imagined(most=most).look(MEANS)).tells


@given(st.integers(3, 12), st.integers(0, 4), st.integers(1, 2), st.sampled_from(("", "once", "unsaid")))
def test_a_lock_for_any_name_tells_nobody_whatever_was_sent_before(
    most: int, earlier: int, cost: int, page: str
) -> None:
    portal = Imagined(most=most, earlier=min(earlier, most - 1), cost=cost, page=page)
    assert not read(portal.look(Means(earlier=4))).tells


@given(st.integers(3, 12), st.integers(0, 4), st.integers(1, 2), st.integers(0, 10_000))
def test_adverts_in_a_row_make_no_lock_of_real_accounts(
    most: int, earlier: int, cost: int, adverts: int
) -> None:
    portal = Imagined(most=most, earlier=min(earlier, most - 1), cost=cost, adverts=adverts)
    assert not read(portal.look(Means(earlier=4))).tells


@given(st.floats(1.0, 25.0))
def test_the_end_says_whether_the_account_works(seconds: float) -> None:
    opens = read(Imagined(seconds=seconds).look(MEANS))
    stays = read(Imagined(seconds=900).look(MEANS))
    assert opens.works
    assert not stays.works


def test_without_another_account_or_a_name_it_says_less() -> None:
    fact = Imagined().look(Means(other=False, unknown=False))
    assert read(fact).scope == ""
    assert isinstance(CHECK.judge(fact), Pass)


def test_a_password_that_is_refused_from_the_beginning_is_unknown() -> None:
    portal = Imagined(looks_first=False)
    portal._until["own "] = 10_000.0
    verdict = CHECK.judge(portal.look(MEANS))
    assert isinstance(verdict, Unknown)


@given(st.floats(0.1, 5.0), st.integers(3, 10))
def test_one_by_one_is_not_together(gap: float, count: int) -> None:
    times = [gap * (at + 1) for at in range(count)]
    assert not arrive_together(times)
    assert arrive_together([times[0]] * len(times))


def test_the_rate_that_is_asked_for_is_slow() -> None:
    assert MOST_PER_MINUTE <= 60
