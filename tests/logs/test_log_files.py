"""Logs are read as they lie on a disk: rotated, packed, in UTF-16, damaged, or not to be read at all."""

import asyncio
import bz2
import gzip
import io
import lzma
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from launchready.collect.log_search import watching
from launchready.collect.log_search.watching import Watch
from launchready.wire.log_files import BLOCK, LogFiles, LogUnreadableError, base_name

TEXT = "2030-01-01 INFO grüße\n" * 50


def read(files: LogFiles) -> dict[str, str]:
    return {each.name: b"".join(each.blocks()).decode() for each in files.files()}


def test_a_file_is_read_with_what_it_was_rotated_to(tmp_path: Path) -> None:
    (tmp_path / "app.log").write_text(TEXT)
    (tmp_path / "app.log.1").write_text(TEXT)
    (tmp_path / "app.log.2.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "app.log-20300101.bz2").write_bytes(bz2.compress(TEXT.encode()))
    (tmp_path / "app.log.old").write_text(TEXT)
    (tmp_path / "app.log.xz").write_bytes(lzma.compress(TEXT.encode()))
    (tmp_path / "app.logic").write_text("something else")
    found = read(LogFiles([str(tmp_path / "app.log")]))
    names = "app.log app.log-20300101.bz2 app.log.1 app.log.2.gz app.log.old app.log.xz"
    assert found == dict.fromkeys(names.split(), TEXT)


def test_patterns_and_folders_give_each_file_once_with_a_name_that_tells_it_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "access.log").write_text(folder)
    files = LogFiles([str(tmp_path / "*" / "access.log"), str(tmp_path / "a"), str(tmp_path / "none.log")])
    assert read(files) == {"a/access.log": "a", "b/access.log": "b"}
    assert files.unmatched() == ("none.log",)


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("access.log", "access.log"),
        ("access.log.14", "access.log"),
        ("access.log.2.gz", "access.log"),
        ("portal.log-20300101.gz", "portal.log"),
        ("portal.log.2030-01-01", "portal.log"),
        ("portal.journal.txt", "portal.journal.txt"),
    ],
)
def test_a_rotated_file_has_the_name_of_its_log(name: str, base: str) -> None:
    assert base_name(name) == base


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_as_text_also_from_the_middle(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff".encode(encoding)
    file = tmp_path / "windows.log"
    file.write_bytes(mark + TEXT.encode(encoding))
    (log,) = LogFiles([str(file)]).files()
    assert b"".join(log.blocks()).decode().lstrip("\ufeff") == TEXT
    assert b"".join(log.blocks(len(mark))).decode() == TEXT


def test_a_damaged_file_gives_what_there_is_and_then_says_so(tmp_path: Path) -> None:
    raw = gzip.compress(os.urandom(3 * BLOCK))
    (tmp_path / "app.log.1.gz").write_bytes(raw[: len(raw) // 2])
    (log,) = LogFiles([str(tmp_path / "*.gz")]).files()
    got = []
    with pytest.raises(LogUnreadableError, match=r"app\.log\.1\.gz could not be read: it is damaged"):
        got.extend(log.blocks())
    assert got


@pytest.mark.parametrize(
    ("magic", "says"), [(b"\x28\xb5\x2f\xfd", "zstd"), (b"LPKSHHRH", "journalctl")], ids=["zstd", "journal"]
)
def test_what_cannot_be_unpacked_says_what_to_do(tmp_path: Path, magic: bytes, says: str) -> None:
    (tmp_path / "app.log").write_bytes(magic + b"\0" * 64)
    (log,) = LogFiles([str(tmp_path / "app.log")]).files()
    with pytest.raises(LogUnreadableError) as raised:
        list(log.blocks())
    assert says in raised.value.settle_by


def test_a_file_that_is_gone_or_closed_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "app.log").write_text(TEXT)
    (log,) = LogFiles([str(tmp_path / "app.log")]).files()
    (tmp_path / "app.log").unlink()
    assert log.position() == (0, 0)
    with pytest.raises(LogUnreadableError, match="no such file"):
        list(log.blocks())


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert read(LogFiles(["-"])) == {"standard input": TEXT}


def watched(watch: Watch) -> dict[str, bytes]:
    return {tail.file.name: b"".join(tail.blocks()) for tail in watch.tails()}


def test_only_what_is_written_from_then_on_is_seen(tmp_path: Path) -> None:
    access, app = tmp_path / "access.log", tmp_path / "app.log"
    access.write_text("old\n")
    app.write_text("old\n")
    watch = Watch(LogFiles([str(tmp_path / "*.log")]))
    assert watched(watch) == {}
    with access.open("a") as file:
        file.write("new\n")
    assert watched(watch) == {"access.log": b"new\n"}


def test_a_log_that_is_rotated_meanwhile_is_followed(tmp_path: Path) -> None:
    app = tmp_path / "app.log"
    app.write_text("old\n")
    watch = Watch(LogFiles([str(app)]))
    with app.open("a") as file:
        file.write("new\n")
    app.rename(tmp_path / "app.log.1")
    app.write_text("newer\n")
    assert watched(watch) == {"app.log": b"newer\n", "app.log.1": b"new\n"}


def test_a_log_that_is_emptied_meanwhile_is_read_from_its_beginning(tmp_path: Path) -> None:
    app = tmp_path / "app.log"
    app.write_text("old " * 10)
    watch = Watch(LogFiles([str(app)]))
    app.write_text("new\n")
    assert watched(watch) == {"app.log": b"new\n"}


async def test_what_is_written_late_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = tmp_path / "app.log"
    app.write_text("old mark\n")
    watch = Watch(LogFiles([str(app)]))

    async def later() -> None:
        await asyncio.sleep(0.2)
        with app.open("a") as file:
            file.write("new mark\n")

    monkeypatch.setattr(watching, "UNTIL_FIRST", 0.3)
    assert not await watch.until_seen(b"mark")
    monkeypatch.setattr(watching, "UNTIL_FIRST", 30.0)
    writing = asyncio.create_task(later())
    assert await watch.until_seen(b"mark")
    await writing
