"""One secret is one line with all its places, in the order of replacing; every report shows it, and none its value."""

import tomllib
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

import matrix
from launchready.cli import EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY, launchready
from launchready.evidence import Missing
from launchready.evidence.secrets import (
    Gap,
    HistorySecrets,
    KeyState,
    KeyStates,
    Place,
    Rotation,
    Rotations,
    Search,
    Secret,
    TreeSecrets,
)
from launchready.evidence.served import ServedSecrets
from launchready.report.rotate_list import markdown, terminal
from launchready.scorecard import SecretRow, SecretTable
from launchready.secret_table import rotation, secret_table
from launchready.verdict import Cause
from launchready_testbed import Bed

READ = (("blobs", 3),)


def committed(where: str, day: str, author: str = "Ada Example") -> Place:
    return Place("history", where, 1, commit="1f2e3d4c5b6a", author=author, at=f"{day}T12:00:00Z")


def secret(mark: str, kind: str, *places: Place, in_head: bool | None = None) -> Secret:
    return Secret(mark, kind, "rule", 20, places, in_head=in_head)


def history(*secrets: Secret, gaps: tuple[Gap, ...] = ()) -> HistorySecrets:
    return HistorySecrets(Search("Kingfisher 1.5.0", READ, secrets, gaps=gaps))


def served(*secrets: Secret) -> ServedSecrets:
    return ServedSecrets(Search("Kingfisher 1.5.0", READ, secrets))


def table(*facts: object) -> SecretTable:
    made = secret_table({type(fact): fact for fact in facts})  # type: ignore[misc]  # facts of any kind
    assert made is not None
    return made


def test_one_value_on_three_surfaces_is_one_line() -> None:
    places = (committed("pay.py", "2026-01-02"), committed("pay.py", "2026-03-04", "Ben Example"))
    made = table(
        served(
            secret("~1", "Stripe secret key", Place("script", "https://x.example/a.js", 1, who="anonymous"))
        ),
        TreeSecrets(Search("k", READ, (secret("~1", "Stripe secret key", Place("tree", "pay.py", 1)),))),
        history(secret("~1", "Stripe secret key", *places, in_head=True)),
    )
    (row,) = made.secrets
    assert row.name == "Stripe secret key in pay.py"
    assert (row.first_seen, row.last_seen) == ("2026-01-02", "2026-03-04")
    assert row.authors == ("Ada Example", "Ben Example")
    assert (row.reachable, row.in_head, row.state) == (True, True, "open")
    assert len(row.places) == 4


def test_what_strangers_have_comes_first_then_money_then_data() -> None:
    made = table(
        history(
            secret("~1", "OpenAI API key", committed("a", "2026-01-01")),
            secret("~2", "database password", committed("b", "2026-01-01")),
            secret("~3", "Stripe secret key", committed("c", "2026-01-01")),
        ),
        served(secret("~4", "Sentry auth token", Place("script", "https://x.example/a.js", who="anonymous"))),
    )
    assert [row.kind for row in made.secrets] == [
        "Sentry auth token",
        "Stripe secret key",
        "database password",
        "OpenAI API key",
    ]


def test_a_developers_own_file_is_no_leak() -> None:
    own = secret("~1", "Stripe secret key", Place("ignored file", ".env", 1))
    assert table(TreeSecrets(Search("k", READ, (own,)))).secrets == ()
    leaked = history(secret("~1", "Stripe secret key", committed("pay.py", "2026-01-02")))
    assert len(table(TreeSecrets(Search("k", READ, (own,))), leaked).secrets[0].places) == 2


@pytest.mark.parametrize(("on", "state"), [("2026-02-01", "replaced"), ("2026-01-01", "open")])
def test_the_owners_word_closes_it(on: str, state: str) -> None:
    word = Rotations((Rotation("Stripe secret key in pay.py", on, "Ada Example"),))
    key = secret("~1", "Stripe secret key", committed("pay.py", "2026-01-02"))
    (row,) = table(history(key), word).secrets
    assert row.state == state


def test_where_the_new_value_may_stand_the_word_is_not_enough() -> None:
    word = Rotations((Rotation("Stripe secret key in pay.py", "2026-02-01", "Ada Example"),))
    key = secret("~1", "Stripe secret key", committed("pay.py", "2026-01-02"))
    bundle = served(
        secret("~1", "Stripe secret key", Place("script", "https://x.example/a.js", who="anonymous"))
    )
    (row,) = table(history(key), bundle, word).secrets
    assert row.state == "replaced, and still there"


def test_what_a_provider_says_counts_more_than_the_owners_word() -> None:
    word = Rotations((Rotation("Stripe secret key in a.py", "2026-02-01", "Ada Example"),))
    keys = [secret(f"~{n}", "Stripe secret key", committed(f"{n}.py", "2026-01-02")) for n in ("b", "a", "c")]
    said = [KeyState("~a", "Stripe", "live", "2026-03-04"), KeyState("~b", "Stripe", "dead", "2026-03-04")]
    unsure = KeyState("~c", "Stripe", "unsure", "2026-03-04", "no answer")
    made = table(history(*keys), word, KeyStates((*said, unsure)))
    assert [(row.name, row.state) for row in made.secrets] == [
        ("Stripe secret key in a.py", "live"),
        ("Stripe secret key in c.py", "open"),
        ("Stripe secret key in b.py", "dead"),
    ]
    assert terminal(made).startswith("3 secrets, 2 still to be replaced")
    assert "state: its provider still takes it (Stripe, 2026-03-04)" in terminal(made)
    assert "- [x] **Stripe secret key in b.py** (dead)" in markdown(made)


def test_nobody_looked_and_nothing_read() -> None:
    assert secret_table({}) is None
    assert secret_table({HistorySecrets: Missing(Cause.UNREACHABLE, "no", "go")}) is None
    gap = Gap("the git history", Missing(Cause.NOT_COLLECTED, "incomplete: shallow", "fetch"))
    made = table(history(gaps=(gap,)))
    assert made.unread == ("the git history: incomplete: shallow",)
    assert "none in what was read; not all was read" in terminal(made)


def test_every_kind_has_a_way_and_every_page_is_an_address() -> None:
    data = tomllib.loads((files("launchready") / "data/rotation.toml").read_text("utf-8"))
    for entry in data["entry"]:
        assert entry["step"]
        assert entry["rank"] in range(1, 6)
        assert all(word == word.lower() for word in entry["kinds"])
        assert not entry["page"] or urlsplit(entry["page"]).scheme == "https"
    assert rotation("Stripe secret key")["rank"] == 1
    assert rotation("something that nobody knows")["step"]


def test_hostile_names_do_not_act(monkeypatch: pytest.MonkeyPatch) -> None:
    key = secret(
        "~1", "Stripe secret key", committed("a\n# [x](javascript:1)<b>.py\x1b[31m", "2026-01-02", "<b>A</b>")
    )
    made = table(history(key))
    assert "\x1b" not in terminal(made) + markdown(made)
    assert "<b>" not in markdown(made)


def _rotate(folder: Path, *arguments: str) -> tuple[object, str]:
    done = CliRunner().invoke(
        launchready,
        ["secrets", "rotate-list", "--runs", str(folder / "runs"), *arguments],
        standalone_mode=False,
    )
    return done.return_value, done.output


CHECKS = ("secrets/history", "secrets/tree", "secrets/env-shared")


def test_the_list_of_a_run(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    matrix.audit_bed(bed, tmp_path, checks=CHECKS)
    assert _rotate(tmp_path)[0] == EXIT_READY
    bed.switch(("secrets/history-deleted",))
    report = matrix.audit_bed(bed, tmp_path, checks=CHECKS)
    code, told = _rotate(tmp_path)
    assert code == EXIT_NOT_READY
    assert "1. Stripe secret key in portal/payments.py [open]" in told
    assert "https://dashboard.stripe.com/apikeys" in told
    assert "gone from the checked-out commit" in told
    assert report.secrets
    assert isinstance(report.secrets.secrets[0], SecretRow)
    newest = max((tmp_path / "runs").iterdir(), key=lambda run: (run / "evidence.json").stat().st_mtime_ns)
    assert _rotate(tmp_path, str(newest), "--format", "markdown")[1].startswith(
        "1 secret, 1 still to be replaced"
    )
    assert '"rank": 1' in _rotate(tmp_path, "--format", "json")[1]


def test_a_declared_rotation_closes_findings_and_list(
    bed: Bed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed.switch(("secrets/history-env",))
    plain = bed.portal_file

    def declared(portal: str, **options: bool) -> str:
        words = "".join(
            f'\n[[rotated]]\nsecret = "{kind} in deploy/.env.production"\non = 2026-02-01\nby = "Ada Example"\n'
            for kind in ("Stripe secret key", "database password")
        )
        return plain(portal, **options) + words

    monkeypatch.setattr(bed, "portal_file", declared)
    report = matrix.audit_bed(bed, tmp_path, checks=CHECKS)
    assert {check: matrix.verdicts(report)[check] for check in CHECKS} == dict.fromkeys(CHECKS, "pass")
    assert {row.state for row in report.secrets.secrets} == {"replaced"} if report.secrets else False
    assert _rotate(tmp_path)[0] == EXIT_READY


def test_without_a_repository_it_is_not_proven(
    bed: Bed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed.switch(())
    plain = bed.portal_file
    monkeypatch.setattr(
        bed, "portal_file", lambda portal, **options: plain(portal, **options).partition("\n[repo]")[0]
    )
    report = matrix.audit_bed(bed, tmp_path, checks=CHECKS)
    assert {matrix.verdicts(report)[check] for check in CHECKS} == {"unknown(not-collected)"}
    assert _rotate(tmp_path)[0] == EXIT_NOT_PROVEN
