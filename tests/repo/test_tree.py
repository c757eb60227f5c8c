"""The source as it lies on this machine: what git keeps, would keep, and ignores; nothing outside, nothing installed."""

import os
from pathlib import Path

import pytest

from launchready.checks.secrets.tree import judge
from launchready.evidence.secrets import KeyStates, TreeSecrets
from launchready.verdict import Fail, Pass, Unknown
from launchready_testbed.secret_shapes import database_url, github, sendgrid, slack, stripe
from launchready_testbed.source_code import Commit, SourceCode

from .conftest import gaps, needs_git, only, tree_of

pytestmark = needs_git


def surfaces(tree: TreeSecrets) -> dict[str, str]:
    return {place.where: place.surface for secret in tree.search.secrets for place in secret.places}


def source(folder: Path, **lying: str) -> Path:
    code = SourceCode()
    code.main.append(Commit("Key", {"inner/pay.py": f'KEY = "{stripe()}"\n'}))
    code.lying |= {path.replace("__", "/").replace("_dot_", "."): text for path, text in lying.items()}
    code.write(folder)
    return folder


async def test_kept_untracked_and_ignored_files_are_told_apart(tmp_path: Path) -> None:
    folder = source(
        tmp_path / "source", inner__notes_dot_txt=github(), _dot_env=f"DATABASE_URL={database_url()}\n"
    )
    tree = await tree_of(folder)
    assert surfaces(tree) == {
        "inner/pay.py": "tree",
        "inner/notes.txt": "untracked file",
        ".env": "ignored file",
    }
    assert isinstance(judge(tree, KeyStates()), Fail)


async def test_a_part_of_the_repository_is_named_from_where_it_begins(tmp_path: Path) -> None:
    folder = source(tmp_path / "source", inner__notes_dot_txt=github())
    assert surfaces(await tree_of(folder / "inner")) == {"pay.py": "tree", "notes.txt": "untracked file"}


async def test_a_folder_without_a_repository_is_all_its_owners(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DATABASE_URL={database_url()}\n")
    assert surfaces(await tree_of(tmp_path)) == {".env": "tree"}


async def test_what_was_installed_is_passed_over_and_told(tmp_path: Path) -> None:
    for place in ("node_modules/left", "env", "a/site-packages"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "key.txt").write_text(stripe())
    (tmp_path / "env/pyvenv.cfg").write_text("home = /usr\n")
    (tmp_path / "app.py").write_text("x = 1\n")
    search = (await tree_of(tmp_path)).search
    assert not search.secrets
    assert dict(search.searched)["folders of installed packages passed over"] == 3


async def test_links_lead_nowhere_and_pipes_are_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/key.txt").write_text(stripe())
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.txt").write_text("one\n")
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (folder / "key").symlink_to(tmp_path / "elsewhere/key.txt")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    tree = await tree_of(folder)
    assert dict(tree.search.searched)["files"] == 1
    assert isinstance(judge(tree, KeyStates()), Pass)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
async def test_what_may_not_be_read_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text(slack())
    (tmp_path / "secret.yml").chmod(0)
    assert isinstance(judge(await tree_of(tmp_path), KeyStates()), Unknown)


async def test_what_is_too_large_is_a_gap_unless_git_ignores_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launchready.wire.source_tree.LARGEST_BLOB", 2000)
    code = SourceCode()
    code.lying |= {"big.log": "x" * 3000, "big.bin": "x" * 3000}
    code.write(tmp_path / "source")
    search = (await tree_of(tmp_path / "source")).search
    assert gaps(search).startswith("big.bin: it is larger than")
    assert len(search.gaps) == 1


async def test_without_git_what_is_ignored_is_unknown(tmp_path: Path, no_git: None) -> None:
    folder = source(tmp_path / "source", _dot_env=f"MAIL={sendgrid()}\n")
    assert isinstance(judge(await tree_of(folder), KeyStates()), Unknown)


async def test_a_pointer_to_a_large_file_is_not_the_file(tmp_path: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 40\n"
    (tmp_path / "dump.sql").write_text(pointer)
    assert "Git LFS pointer" in gaps((await tree_of(tmp_path)).search)


async def test_a_secret_in_two_files_is_one(tmp_path: Path) -> None:
    for name in ("b.py", "a.py"):
        (tmp_path / name).write_text(f'KEY = "{stripe()}"\n')
    secret = only((await tree_of(tmp_path)).search)
    assert [place.where for place in secret.places] == ["a.py", "b.py"]
