"""`launchready authz learn` at the command line, from a run that is stored."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from launchready.cli import EXIT_NOT_PROVEN, launchready
from launchready.cli.init import _next_steps
from launchready.evidence import Fact, Missing
from launchready.evidence.access import Access
from launchready.evidence.store import RunFolder
from launchready.site import read_site
from launchready.verdict import Cause

Make = Callable[..., dict[type, Fact | Missing]]
IDENTITIES = "".join(f'\n[[identity]]\nname = "{name}"\n' for name in ("nora", "ben", "sam", "ada"))
FILE = f'[portal]\nurl = "https://portal.lab.test/"  # start\n{IDENTITIES}'


@pytest.fixture
def portal_file(tmp_path: Path) -> Path:
    path = tmp_path / "launchready.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, make: Make) -> Path:
    folder = RunFolder.create(tmp_path / "runs", "one")
    folder.save(make().items())
    return folder.path


def learn(*arguments: object) -> Result:
    return CliRunner().invoke(launchready, ["authz", "learn", *map(str, arguments)], standalone_mode=False)


def test_the_file_gets_the_table_and_keeps_the_rest(portal_file: Path, run: Path) -> None:
    done = learn(portal_file, "--run", run)
    assert done.return_value == 0
    assert "8 new, 0 brought up to date, 0 confirmed" in done.stdout
    text = portal_file.read_text(encoding="utf-8")
    assert text.startswith(FILE.rstrip())
    assert len(read_site(str(portal_file)).access) == 8
    again = learn(portal_file, "--run", run)
    assert "0 new, 8 brought up to date" in again.stdout
    assert portal_file.read_text(encoding="utf-8") == text


def test_printing_changes_no_file(portal_file: Path, run: Path) -> None:
    done = learn(portal_file, "--run", run, "--print")
    assert done.return_value == 0
    assert portal_file.read_text(encoding="utf-8") == FILE
    assert len(tomllib.loads(done.stdout)["access"]) == 8


def test_line_ends_and_the_mark_in_front_stay(portal_file: Path, run: Path) -> None:
    portal_file.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert learn(portal_file, "--run", run).return_value == 0
    raw = portal_file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf[portal]\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert len(read_site(str(portal_file)).access) == 8


def test_drift_from_what_is_confirmed_is_told_and_the_entry_stays(portal_file: Path, run: Path) -> None:
    entry = '\n[[access]]\nroute = "GET /help/{}"\nroles = ["staff"]\nrecords = "shared"\nconfirmed = true\n'
    portal_file.write_text(FILE + entry, encoding="utf-8")
    done = learn(portal_file, "--run", run)
    assert "GET https://portal.lab.test/help/{}: the confirmed table lets staff reach it" in done.stderr
    assert entry in portal_file.read_text(encoding="utf-8")
    assert "7 new, 0 brought up to date, 1 confirmed" in done.stdout


def test_who_could_not_be_seen_is_told(portal_file: Path, tmp_path: Path, make: Make) -> None:
    access = make()[Access]
    assert isinstance(access, Access)
    parties = tuple(party for party in access.parties if party.name != "sam")
    why = Missing(Cause.NOT_AUTHORISED, "wrong password", "correct it")
    folder = RunFolder.create(tmp_path, "less")
    folder.save(make(msgspec.structs.replace(access, parties=parties, unlooked=(("sam", why),))).items())
    done = learn(portal_file, "--run", folder.path)
    assert done.return_value == EXIT_NOT_PROVEN
    assert "not seen in full: sam: wrong password" in done.stderr


def test_a_run_that_did_not_look_teaches_nothing(portal_file: Path, tmp_path: Path, make: Make) -> None:
    facts = make()
    facts[Access] = Missing(Cause.UNREACHABLE, "nobody answered", "try again")
    folder = RunFolder.create(tmp_path, "none")
    folder.save(facts.items())
    done = learn(portal_file, "--run", folder.path)
    assert done.return_value == EXIT_NOT_PROVEN
    assert "nothing was learned: nobody answered" in done.stderr
    assert portal_file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[portal]\nurl = "https://portal.lab.test/"\n', "names nobody to sign in as"),
        (FILE.replace("portal.lab.test", "other.lab.test"), "is about another portal"),
    ],
    ids=["no identity", "another portal"],
)
def test_what_cannot_be_is_refused(portal_file: Path, run: Path, text: str, says: str) -> None:
    portal_file.write_text(text, encoding="utf-8")
    assert says in str(learn(portal_file, "--run", run).exception)


def test_init_says_how_to_go_on() -> None:
    assert "launchready authz learn mine.toml" in _next_steps(Path("mine.toml"))
