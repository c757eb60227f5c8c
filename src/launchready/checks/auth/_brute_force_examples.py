"""What the check on guessing passwords must say to what: its examples, which are its tests and its documentation."""

from msgspec import structs

from launchready.evidence import Fact, Missing
from launchready.evidence.login_limit import Guess, LoginLimit
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict


def _guess(
    purpose: str, outcome: str = "usual", *, right: bool = False, at: float = 1.0, **more: object
) -> Guess:
    """One try for the examples."""
    told: dict[str, object] = {"seconds": 0.1, "forged": (), **more}
    return Guess(purpose, "own", right, outcome, 401, "", 100, at=at, **told)  # type: ignore[arg-type]  # handed on


def _series(*guesses: Guess, trouble: str = "", others_answer: bool = True) -> LoginLimit:
    """A series for the examples, with a sound beginning."""
    begin = (
        _guess("begin", "accepted", right=True, at=0.0),
        *(_guess("reference", at=0.2), _guess("reference", at=0.3)),
    )
    return LoginLimit(
        identity="nora",
        other="sam",
        way="form",
        login_url="https://portal.example/login",
        marker="brute-force 0",
        guesses=(*begin, *guesses),
        requests=40,
        seconds=9.0,
        trouble=trouble,
        others_answer=others_answer,
    )


_SIX = tuple(_guess("series", at=at) for at in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
_REFUSED = tuple(_guess("series", "refused", at=at) for at in (1.1, 1.2))
_STOPPED = tuple(_guess("confirm", "refused", right=True, at=at) for at in (1.3, 1.6))
_HELD = tuple(_guess("hold", "refused", right=bool(n % 2), at=2 + 0.4 * n) for n in range(4))
_LIMITED = (*_SIX, *_REFUSED, *_STOPPED, *_HELD)
_TEN = tuple(_guess("burst", at=1.5) for _ in range(10))
_MANY = (*_SIX, *_SIX, *_TEN, *_TEN)
_WORKS = _guess("confirm", "accepted", right=True, at=2.0)
_OPENS = _guess("after", "accepted", right=True, at=30.0)
_FORGED = ("x-forwarded-for",)
_IN_VAIN = _guess("forged", "refused", at=5.0, forged=_FORGED)


def _one_by_one(seconds: float) -> tuple[Guess, ...]:
    return tuple(_guess("burst", at=seconds * n, seconds=seconds * n) for n in range(1, 11))


_RIGHT_ONES = tuple(
    _guess("hold", "accepted" if n % 2 else "refused", right=bool(n % 2), at=2 + 0.4 * n) for n in range(4)
)

_WAITED = (_guess("begin", "refused", right=True, at=0.0), _guess("begin", "accepted", right=True, at=60.0))
_AFTERWARDS = tuple(structs.replace(each, at=each.at + 60) for each in (*_SIX, *_TEN, _WORKS))

EXAMPLES: tuple[tuple[str, type[Verdict], tuple[Fact | Missing, ...]], ...] = (
    ("refused after six, the right password too", Pass, (_series(*_LIMITED, _IN_VAIN, _OPENS),)),
    (
        "a limiter was met, waited for, and not met again by the guesses that were left",
        Unknown,
        (structs.replace(_series(), guesses=(*_WAITED, *_series().guesses[1:], *_AFTERWARDS)),),
    ),
    ("locked without a word", Pass, (_series(*_SIX, *_TEN, *_STOPPED, *_HELD, _IN_VAIN),)),
    ("ten at once are served one by one, slowly", Pass, (_series(*_SIX, *_one_by_one(2.0), _WORKS),)),
    ("nobody tried another address", Unknown, (_series(*_LIMITED, _OPENS),)),
    ("nothing happens", Fail, (_series(*_MANY, _WORKS),)),
    (
        "nothing happens, but a limit for all who come may lie beyond",
        Unknown,
        (_series(*_SIX, *_TEN, _WORKS),),
    ),
    ("ten at once are served one by one, but fast", Fail, (_series(*_MANY, *_one_by_one(0.1), _WORKS),)),
    (
        "wrong passwords are refused, the right one is not, three at once neither",
        Fail,
        (
            _series(
                *(*_SIX, *_REFUSED, _WORKS),
                *_RIGHT_ONES,
                *(_guess("together", "accepted", right=True, at=4.0) for _ in range(3)),
            ),
        ),
    ),
    (
        "wrong passwords are refused, the right one is not, and no request is left to be sure",
        Unknown,
        (_series(*_SIX, *_REFUSED, _WORKS, *_RIGHT_ONES[:2], _IN_VAIN, _OPENS),),
    ),
    (
        "a page with the form that was sent many times is refused, another is not",
        Fail,
        (
            _series(
                *(structs.replace(each, shared=True) for each in (*_SIX, *_REFUSED)),
                *(_WORKS, _guess("reference", at=2.1)),
                *_MANY,
                _WORKS,
            ),
        ),
    ),
    ("each guess takes so many requests that few fit", Unknown, (_series(*_SIX[:3], _WORKS),)),
    (
        "places that open one after the other went to the right ones",
        Pass,
        (
            _series(
                *(*_SIX, *_REFUSED, _WORKS, *_RIGHT_ONES),
                *(
                    _guess("together", "accepted" if n == 0 else "refused", right=True, at=4.0)
                    for n in range(3)
                ),
                *(
                    _guess(purpose, "refused", at=5.0, forged=forged)
                    for purpose, forged in (("forged", _FORGED), ("control", ()))
                ),
                _OPENS,
            ),
        ),
    ),
    (
        "another address in X-Forwarded-For, and it goes on",
        Fail,
        (
            _series(
                *_LIMITED,
                _guess("forged", at=5.0, forged=_FORGED),
                _guess("control", "refused", at=5.1),
                _guess("forged", "accepted", right=True, at=5.2, forged=_FORGED),
            ),
        ),
    ),
    (
        "it opened just when X-Forwarded-For was tried",
        Pass,
        (_series(*_LIMITED, _guess("forged", at=5.0, forged=_FORGED), _guess("control", at=5.1)),),
    ),
    (
        "the right password was refused from the beginning",
        Unknown,
        (
            LoginLimit(
                identity="nora",
                other="",
                way="form",
                login_url="https://portal.example/login",
                marker="brute-force 0",
                guesses=(_guess("begin", "refused", right=True),),
                requests=1,
                seconds=0.1,
            ),
        ),
    ),
    (
        "the portal broke down",
        Unknown,
        (_series(*_SIX, _guess("series", "refused"), trouble="server errors", others_answer=False),),
    ),
    (
        "no consent to probe",
        Unknown,
        (
            Missing(
                Cause.NO_CONSENT, "there is no consent to go as far as probe", "run the audit with --active"
            ),
        ),
    ),
)
