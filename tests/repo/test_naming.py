"""A finding is named alike in every run, lists a few of its places, and is closed by its owner's word alone."""

import pytest

from launchready.checks.secrets._judged import judged
from launchready.collect._gathering import Gathering
from launchready.detect import Found
from launchready.evidence import Missing
from launchready.evidence.redact import Redactor
from launchready.evidence.secret_names import named, rotated
from launchready.evidence.secrets import Gap, Place, Rotation, Rotations, Search, Secret
from launchready.verdict import Cause, Fail, Pass, Unknown

VALUE = "not-a-real-value-0123456789"


def found(value: str = VALUE, kind: str = "Stripe secret key", rule: str = "stripe.1") -> Found:
    return Found(value, kind, rule, 0, len(value), 1)


def search(*secrets: Secret, **more: object) -> Search:
    fields = {"engine": "Kingfisher 1.5.0", "searched": (("blobs", 3),), "secrets": secrets} | more
    return Search(**fields)  # type: ignore[arg-type]  # handed on as they came


def at(where: str, day: str = "") -> Place:
    return Place("history", where, 1, at=f"{day}T00:00:00Z" if day else "")


def test_names_do_not_depend_on_the_runs_key() -> None:
    names = []
    for key in (b"one", b"two"):
        gathering = Gathering(Redactor(key))
        for number in (3, 1, 2):
            gathering.add(found(f"value-{number}"), at(f"{number}.py", f"2026-01-0{number}"))
        names.append([name for name, _ in named(gathering.secrets())])
    assert names[0] == names[1] == [f"Stripe secret key in {number}.py" for number in (1, 2, 3)]


def test_two_secrets_of_a_kind_in_one_file_have_two_names() -> None:
    gathering = Gathering(Redactor())
    gathering.add(found("first"), Place("tree", "a.py", 1))
    gathering.add(found("second!"), Place("tree", "a.py", 9))
    assert [name for name, _ in named(gathering.secrets())] == [
        "Stripe secret key in a.py",
        "Stripe secret key in a.py (2)",
    ]


def test_a_providers_own_rule_says_what_it_is() -> None:
    gathering = Gathering(Redactor())
    gathering.add(found(kind="password", rule="launchready.generic.password"), Place("tree", "a.py"))
    gathering.add(found(), Place("tree", "b.py"))
    (secret,) = gathering.secrets()
    assert secret.kind == "Stripe secret key"
    assert VALUE not in repr(gathering.secrets()) + repr(vars(gathering))


def test_a_finding_lists_ten_places_and_counts_the_rest() -> None:
    secret = Secret("~1", "key", "r", 20, tuple(at(f"{n:02}.py", "2026-01-01") for n in range(12)), further=5)
    verdict = judged(search(secret))
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].detail.count(".py:1") == 10
    assert "and 7 more" in verdict.findings[0].detail


def test_only_the_surfaces_asked_for_count() -> None:
    both = Secret(
        "~1", "key", "r", 20, (Place("script", "https://x/a.js", 1), Place("error page", "https://x/404"))
    )
    assert isinstance(judged(search(both), surfaces=("inline state",)), Pass)
    verdict = judged(search(both), surfaces=("error page",))
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].subject == "key in https://x/404"


def test_nothing_read_is_no_pass_and_gaps_are_doubts() -> None:
    assert isinstance(judged(search(searched=())), Unknown)
    assert isinstance(judged(search(searched=(("blobs", 0),))), Unknown)
    why = Missing(Cause.NOT_COLLECTED, "a Git LFS pointer", "git lfs pull")
    verdict = judged(search(gaps=(Gap("a", why), Gap("b", why))))
    assert isinstance(verdict, Unknown)
    assert [(d.subject, d.detail) for d in verdict.doubts] == [("a", "a Git LFS pointer (and 1 more alike)")]


def test_half_an_engine_is_no_pass() -> None:
    assert isinstance(judged(search(engine="re2 with our own rules, reduced coverage")), Unknown)


@pytest.mark.parametrize(
    ("days", "on", "closed"),
    [
        (("2026-01-01", "2026-01-05"), "2026-01-05", "closed"),
        (("2026-01-01", "2026-01-05"), "2026-01-04", "open"),
        (("2026-01-01", ""), "2026-02-01", "open"),
    ],
)
def test_the_owners_word_closes_what_came_before_it(days: tuple[str, ...], on: str, closed: str) -> None:
    secret = Secret("~1", "key", "r", 20, tuple(at("a.py", day) for day in days))
    rotations = Rotations((Rotation("key in a.py", on, "Ada Example"),))
    assert bool(rotated("key in a.py", secret, rotations)) is (closed == "closed")
    assert not rotated("key in b.py", secret, rotations)
    assert isinstance(judged(search(secret), rotations=rotations), Pass) is (closed == "closed")
