"""The whole history is read, what is not there is told, and one secret is one however many commits hold it."""

import gzip
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from launchready.checks.secrets.history import judge
from launchready.errors import Unreachable
from launchready.evidence.secrets import KeyStates, Rotations
from launchready.verdict import Pass, Unknown
from launchready_testbed.secret_shapes import github, sendgrid, stripe
from launchready_testbed.source_code import Commit, SourceCode

from .conftest import Clone, gaps, history_of, needs_git, only, run_git

pytestmark = needs_git
KEY = stripe("history")


async def test_one_secret_in_many_commits_is_one_with_its_first_and_last_commit(tmp_path: Path) -> None:
    commits = [Commit("Change", {"pay.py": f'KEY = "{KEY}"\n# {day}\n'}) for day in range(40)]
    SourceCode([*commits, Commit("Clean up", {"pay.py": "import os\n"}, "Ben Example")]).write(
        tmp_path / "source"
    )
    secret = only((await history_of(tmp_path / "source")).search)
    assert len(secret.places) == 40
    assert (secret.places[0].at[:10], secret.places[-1].at[:10]) == ("2026-01-05", "2026-02-13")
    assert {place.author for place in secret.places} == {"Ada Example"}
    assert secret.in_head is False
    assert KEY not in repr(secret)


async def test_places_are_bounded_and_the_last_ones_stay(tmp_path: Path) -> None:
    commits = [Commit("More", {f"part{number:02}.py": f'KEY = "{KEY}"\n'}) for number in range(70)]
    SourceCode(commits).write(tmp_path / "source")
    secret = only((await history_of(tmp_path / "source")).search)
    assert (len(secret.places), secret.further) == (50, 20)
    assert secret.in_head is True
    assert (secret.places[0].where, secret.places[-1].where) == ("part00.py", "part69.py")


async def test_it_counts_what_git_counts(clone: Clone) -> None:
    clone.commit({"a.txt": "one\n", "b/c.txt": "two\n"})
    clone.commit({"a.txt": "three\n"}, day=2)
    clone.git("commit", "-q", "--allow-empty", "-m", "Nothing changes", day=3)
    objects = clone.git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectsize)")
    sizes = [int(line.split()[1]) for line in objects.splitlines() if line.startswith("blob")]
    search = (await history_of(clone.folder)).search
    assert dict(search.searched) == {"commits": 3, "blobs": len(sizes), "bytes": sum(sizes)}
    assert isinstance(judge(await history_of(clone.folder), Rotations(), KeyStates()), Pass)


@pytest.mark.parametrize("kept_in", ["loose objects", "packs"])
async def test_every_corner_of_a_repository_is_read(clone: Clone, kept_in: str) -> None:
    keys = {
        name: stripe(name)
        for name in ("branch", "stash", "dangling", "tag", "message", "note", "staged", "merge")
    }
    first = clone.commit({"a.txt": "one\n"})
    clone.git("checkout", "-q", "-b", "spike")
    clone.commit({"spike.py": keys["branch"]}, day=2)
    clone.git("checkout", "-q", "main")
    clone.commit({"b.txt": "two\n"}, day=3)
    clone.git("merge", "-q", "--no-ff", "--no-commit", "spike", day=4)
    clone.commit({"evil.py": keys["merge"]}, day=4)
    clone.commit({"lost.py": keys["dangling"]}, day=5)
    clone.git("reset", "-q", "--hard", "HEAD~1")
    clone.git("tag", "-a", "v1", "-m", f"Release with {keys['tag']}", first, day=6)
    clone.git("commit", "-q", "--allow-empty", "-m", f"Use {keys['message']}", day=7)
    clone.git("notes", "add", "-m", keys["note"], first, day=8)
    (clone.folder / "a.txt").write_text(keys["stash"])
    clone.git("stash", "push", "-q", day=9)
    (clone.folder / "next.txt").write_text(keys["staged"])
    clone.git("add", "next.txt")
    if kept_in == "packs":
        clone.git("gc", "-q")
    search = (await history_of(clone.folder)).search
    wheres = {place.where for secret in search.secrets for place in secret.places}
    assert len(search.secrets) == len(keys)
    assert {"spike.py", "evil.py", "lost.py", "message of tag v1", "a.txt"} <= wheres
    assert not search.gaps


async def test_without_git_the_same_is_found(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.commit({"a.py": stripe("a"), ".env": f"API_TOKEN={github()}\nDB_PASSWORD=tr0ub4dor\n"})
    clone.git("mv", "a.py", "b.py")
    clone.commit({"mail.py": sendgrid(), "c.py": KEY}, day=2)
    clone.commit({"lost.py": stripe("lost")}, day=3)
    clone.git("reset", "-q", "--hard", "HEAD~1")
    (clone.folder / "next.txt").write_text(stripe("staged"))
    (clone.folder / "link").symlink_to(stripe("link"))
    clone.git("add", "-A")
    by_git = await history_of(clone.folder)
    monkeypatch.setattr("launchready.wire.git_program.find", lambda *_names: None)
    by_reader = await history_of(clone.folder)
    wheres = {place.where for secret in by_git.search.secrets for place in secret.places}
    assert wheres >= {"a.py", "b.py", ".env", "mail.py", "c.py", "lost.py"}
    assert [each.places for each in by_git.search.secrets] == [
        each.places for each in by_reader.search.secrets
    ]
    assert [each.path for each in by_git.env_files] == [each.path for each in by_reader.env_files] == [".env"]
    assert dict(by_git.search.searched) == {**dict(by_reader.search.searched), "commits": 3}


async def test_a_merge_brings_only_what_none_of_its_parents_had(clone: Clone) -> None:
    clone.commit({"a.txt": "one\n"})
    clone.git("checkout", "-q", "-b", "spike")
    spike = clone.commit({"pay.py": KEY}, day=2)
    clone.git("checkout", "-q", "main")
    clone.commit({"b.txt": "two\n"}, day=3)
    clone.git("merge", "-q", "--no-ff", "--no-commit", "spike", day=4)
    merge = clone.commit({"mail.py": sendgrid()}, day=4)
    places = [place for secret in (await history_of(clone.folder)).search.secrets for place in secret.places]
    assert [(place.where, place.commit) for place in places] == [("pay.py", spike), ("mail.py", merge)]


async def test_what_a_branch_or_tag_leads_to_is_told_from_what_none_does(clone: Clone) -> None:
    clone.commit({"kept.py": KEY})
    clone.commit({"lost.py": stripe("lost")}, day=2)
    clone.git("reset", "-q", "--hard", "HEAD~1")
    blobs = [
        clone.git("hash-object", "-w", "--stdin", said=stripe(each).encode()).strip() for each in ("a", "b")
    ]
    clone.git("tag", "a-blob", blobs[0])
    places = [place for secret in (await history_of(clone.folder)).search.secrets for place in secret.places]
    assert {place.where: place.surface for place in places} == {
        "kept.py": "history",
        "lost.py": "dangling object",
        f"object {blobs[0][:10]}": "history",
        f"object {blobs[1][:10]}": "dangling object",
    }


async def test_a_shallow_clone_is_told(clone: Clone, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        clone.commit({"a.txt": str(day)}, day=day)
    run_git(tmp_path, "clone", "-q", "--depth", "1", clone.folder.as_uri(), "shallow")
    history = await history_of(tmp_path / "shallow")
    assert "incomplete: the clone is shallow" in gaps(history.search)
    assert isinstance(judge(history, Rotations(), KeyStates()), Unknown)


async def test_a_partial_clone_is_told_and_nothing_is_fetched(clone: Clone, tmp_path: Path) -> None:
    clone.commit({"a.txt": "one\n", "b.txt": "two\n"})
    clone.git("config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "-q", "--filter=blob:none", "--no-checkout", clone.folder.as_uri(), "partial")
    history = await history_of(tmp_path / "partial")
    assert "incomplete: 2 objects that the history leads to are not here" in gaps(history.search)
    assert (
        len(run_git(tmp_path / "partial", "rev-list", "--objects", "--all", "--missing=print").split("?"))
        == 3
    )
    assert isinstance(judge(history, Rotations(), KeyStates()), Unknown)


async def test_a_clone_without_folders_is_no_pass_and_nothing_is_fetched(
    clone: Clone, tmp_path: Path
) -> None:
    clone.commit({"a/b.txt": "one\n"})
    clone.git("config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "-q", "--filter=tree:0", "--no-checkout", clone.folder.as_uri(), "partial")
    script = tmp_path / "evil.sh"
    script.write_text(f'#!/bin/sh\ntouch {tmp_path / "it-ran"}\nexec git-upload-pack "$@"\n')
    script.chmod(0o755)
    run_git(tmp_path / "partial", "config", "remote.origin.uploadpack", str(script))
    with pytest.raises(Unreachable, match="cannot be read"):
        await history_of(tmp_path / "partial")
    assert not (tmp_path / "it-ran").exists()


async def test_a_lost_blob_is_told_and_the_rest_is_read(clone: Clone) -> None:
    clone.commit({"a.txt": "one\n", "pay.py": KEY})
    blob = clone.git("rev-parse", "HEAD:a.txt").strip()
    (clone.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    search = (await history_of(clone.folder)).search
    assert only(search).kind == "Stripe secret key"
    assert "incomplete: 1 objects" in gaps(search)


async def test_a_damaged_repository_is_no_pass(clone: Clone) -> None:
    clone.commit({"a/b.txt": "one\n"})
    tree = clone.git("rev-parse", "HEAD^{tree}").strip()
    (clone.folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(Unreachable, match="cannot be read"):
        await history_of(clone.folder)


async def test_a_large_file_pointer_is_a_gap_until_its_file_is_there(clone: Clone) -> None:
    oid = "ab" * 32
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 40\n"
    clone.commit({"dump.sql": pointer})
    assert "dump.sql: incomplete: a Git LFS pointer" in gaps((await history_of(clone.folder)).search)
    stored = clone.folder / ".git/lfs/objects/ab/ab" / oid
    stored.parent.mkdir(parents=True)
    stored.write_text(f"key = '{KEY}'\n")
    search = (await history_of(clone.folder)).search
    assert only(search).places[0].where == "dump.sql"
    assert not search.gaps


async def test_what_is_too_large_is_told(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("launchready.wire.repository", "launchready.collect.history"):
        monkeypatch.setattr(f"{module}.LARGEST_BLOB", 2000)
    clone.commit({"large.bin": bytes(3000), "small.txt": "one\n"})
    search = (await history_of(clone.folder)).search
    assert "incomplete: 1 blobs larger than" in gaps(search)
    assert dict(search.searched)["blobs"] == 1


async def test_without_git_nothing_proves_that_all_was_read(clone: Clone, no_git: None) -> None:
    clone.commit({"pay.py": KEY})
    search = (await history_of(clone.folder)).search
    assert only(search).in_head is None
    assert "no git on this machine" in gaps(search)


async def test_a_repository_without_a_commit_is_unknown(clone: Clone) -> None:
    assert isinstance(judge(await history_of(clone.folder), Rotations(), KeyStates()), Unknown)


async def test_no_repository_is_unknown(tmp_path: Path) -> None:
    assert isinstance(judge(await history_of(None), Rotations(), KeyStates()), Unknown)
    with pytest.raises(Unreachable, match="no git repository"):
        await history_of(tmp_path)


async def test_a_bare_repository_and_a_second_working_tree_are_read(clone: Clone, tmp_path: Path) -> None:
    clone.commit({"pay.py": KEY})
    run_git(tmp_path, "clone", "-q", "--bare", str(clone.folder), "bare.git")
    clone.git("worktree", "add", "-q", str(tmp_path / "second"), "-b", "second")
    for folder in ("bare.git", "second"):
        search = (await history_of(tmp_path / folder)).search
        assert only(search).in_head is True, folder
        assert not search.gaps


async def test_what_the_repository_says_to_run_is_not_run(clone: Clone, tmp_path: Path) -> None:
    clone.commit({"pay.py": KEY, ".gitattributes": "* filter=evil diff=evil\n"})
    mark = tmp_path / "it-ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    for setting in (
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "filter.evil.clean",
        "filter.evil.smudge",
    ):
        clone.git("config", setting, str(script))
    for setting in ("filter.evil.process", "diff.evil.textconv", "core.alternateRefsCommand", "core.editor"):
        clone.git("config", setting, str(script))
    hook = clone.folder / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    shutil.copy(script, hook)
    mark.unlink(missing_ok=True)
    assert only((await history_of(clone.folder)).search)
    assert not mark.exists()


async def test_a_rewritten_history_is_seen_through(clone: Clone) -> None:
    """A replaced object hides the real one from git itself."""
    with_key = clone.commit({"pay.py": KEY})
    clone.git("rm", "-q", "pay.py")
    clean = clone.commit({"a.txt": "one\n"}, day=2)
    clone.git("replace", with_key, clean)
    assert only((await history_of(clone.folder)).search)


def zipped(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


async def test_archives_are_opened(clone: Clone) -> None:
    inner = zipped("app/.env", f"STRIPE_KEY={stripe('deep')}\n".encode())
    clone.commit(
        {
            "one.zip": zipped(".env", f"GITHUB_TOKEN={github()}\n".encode()),
            "two.bin": zipped("inner.zip", inner),
            "dump.sql.gz": gzip.compress(f"mail = '{sendgrid()}'\n".encode()),
        }
    )
    search = (await history_of(clone.folder)).search
    wheres = {place.where.partition("!")[0] for secret in search.secrets for place in secret.places}
    assert wheres == {"one.zip", "two.bin", "dump.sql.gz"}
    assert not search.gaps


@pytest.mark.parametrize("content", [b"7z\xbc\xaf\x27\x1c" + bytes(40), b"PK\x03\x04" + bytes(60)])
async def test_an_archive_that_cannot_be_opened_is_a_gap(clone: Clone, content: bytes) -> None:
    clone.commit({"backup": content})
    search = (await history_of(clone.folder)).search
    assert "backup: it is an archive" in gaps(search)


async def test_odd_names_do_no_harm(clone: Clone) -> None:
    clone.commit({"line\nbreak.py": KEY, "ünï.py": github()})
    bad = clone.folder / "bad\udcff.py"
    bad.write_text(sendgrid())
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Odd", day=2)
    search = (await history_of(clone.folder)).search
    assert len(search.secrets) == 3
    assert all("\udcff" not in place.where for secret in search.secrets for place in secret.places)


async def test_a_file_named_after_a_secret_does_not_tell_it(clone: Clone) -> None:
    clone.commit({f"keys/{github('name')}.py": KEY})
    secret = only((await history_of(clone.folder)).search)
    assert secret.places[0].where == "keys/….py"


async def test_env_files_are_told_apart(clone: Clone) -> None:
    clone.commit(
        {
            ".env": "API_URL=https://x.example\nADMIN_PASSWORD=hunter-two-and-three\n",
            "a/.env.example": "KEY=\n",
        }
    )
    history = await history_of(clone.folder)
    assert [(each.path, each.in_head) for each in history.env_files] == [(".env", True)]


async def test_the_beds_own_repository_is_as_git_would_have_made_it(tmp_path: Path) -> None:
    code = SourceCode()
    code.branches["topic/a"] = [Commit("More", {"x/y/z.txt": "1\n", "x.txt": "2\n", "x-y.txt": "3\n"})]
    code.write(tmp_path / "made")
    assert run_git(tmp_path / "made", "fsck", "--strict", "--full") == ""
    assert run_git(tmp_path / "made", "status", "--short") == ""
    assert not (await history_of(tmp_path / "made")).search.gaps
