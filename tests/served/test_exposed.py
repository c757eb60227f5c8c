"""Files left within reach are found on any host; what only answers everything is not accused; silence is no pass."""

import json
from pathlib import Path

import matrix
from launchready.checks.secrets.exposed_files import judge
from launchready.evidence.served import ExposedFiles
from launchready.evidence.store import RunFolder
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready_testbed import Bed, faults, lookalikes, secret_shapes

from .conftest import GONE, TEXT, File, Portal, Request, Search

START = File('<!doctype html><title>Crates</title><a href="/about">About</a>')
CHECK = "secrets/exposed-files"
APART = ("secrets/same-for-all", "secrets/single-page-app", "secrets/soft-not-found")
"""Look-alikes that answer everything, and so hide others; the matrix has them one by one."""
ALONE = ("secrets/env-help-page", "secrets/env-login", "secrets/env-public-names", "secrets/folder-page")
"""Look-alikes at addresses where others are too."""


def audited(bed: Bed, folder: Path, names: list[str]) -> tuple[str, ExposedFiles]:
    bed.switch(names)
    report = matrix.audit_bed(bed, folder, checks=(CHECK,))
    run = RunFolder(max((folder / "runs").iterdir()))
    facts = run.load([ExposedFiles])[ExposedFiles]
    assert isinstance(facts, ExposedFiles)
    return matrix.verdicts(report)[CHECK], facts


def test_each_of_many_files_is_found_and_nothing_of_them_is_written_down(bed: Bed, tmp_path: Path) -> None:
    names = [name for name, fault in faults().items() if fault.trips == (CHECK,)]
    assert len(names) >= 25
    verdict, found = audited(bed, tmp_path, names)
    assert verdict == "fail"
    assert len(found.files) == len(names) + 1  # the version history is known by two
    kinds = {secret.kind for secret in found.search.secrets}
    assert len(kinds) >= 5
    values = [
        line.partition("=")[2] or line
        for shape in secret_shapes.KINDS.values()
        for line in shape("bed").split()
    ]
    for file in (tmp_path / "runs").rglob("*"):
        if file.is_file():
            said = file.read_text("utf-8", "replace")
            assert not [value for value in values if len(value) >= 20 and value in said], file.name


def test_none_of_many_look_alikes_is_accused(bed: Bed, tmp_path: Path) -> None:
    names = [name for name, each in lookalikes().items() if CHECK in each.spares and name not in APART]
    assert len(names) >= 8
    together = [name for name in names if name not in ALONE]
    for each in (together, *([name] for name in ALONE)):
        assert audited(bed, tmp_path, each)[1].files == ()


async def test_one_answer_for_everything_is_told_apart_from_a_file(search: Search) -> None:
    def same(request: Request) -> File:
        return File("A_KEY=1\nB_KEY=2\n", TEXT) if "env" in request.path else GONE

    looked = await search(Portal({"/": START}, same), exposed=True)
    assert isinstance(judge(looked.exposed), Pass)
    assert any(url.endswith("/.env") for url in looked.exposed.hosts[0].alike)


async def test_a_limiter_is_no_pass(search: Search) -> None:
    def limited(request: Request) -> File:
        return File("", status=429) if request.number > 20 else GONE

    looked = await search(Portal({"/": START}, limited), exposed=True)
    verdict = judge(looked.exposed)
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.UNREACHABLE}
    assert len(looked.portal.asked) < 60  # it is left alone then


async def test_a_front_end_that_begins_to_refuse_is_no_pass(search: Search) -> None:
    shut = []

    def guarded(request: Request) -> File:
        if request.path.startswith("/.git"):
            shut.append(request.path)
        return File("Blocked", status=403) if shut else GONE

    verdict = judge((await search(Portal({"/": START}, guarded), exposed=True)).exposed)
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.AMBIGUOUS}


async def test_a_front_end_that_refuses_such_addresses_alone_is_a_pass(search: Search) -> None:
    def guarded(request: Request) -> File:
        return File("Forbidden", status=403) if "/." in request.path else GONE

    assert isinstance(judge((await search(Portal({"/": START}, guarded), exposed=True)).exposed), Pass)


async def test_asking_is_bounded_by_get_and_as_nobody(search: Search) -> None:
    looked = await search(Portal({"/": START}), exposed=True)
    assert len(looked.portal.asked) <= 100  # the crawl's included
    assert {each.method for each in looked.portal.asked} == {"GET"}
    assert {json.loads(line)["who"] for line in looked.journal.splitlines()} == {"anonymous"}


async def test_settings_for_scripts_are_read_for_secrets_alone(search: Search) -> None:
    token = secret_shapes.jwt({"sub": "visitor", "iat": 1_760_000_000, "exp": 1_760_003_600})
    settings = File(json.dumps({"api": "/v1", "visitor": token}), "application/json")
    looked = await search(Portal({"/": START, "/config.json": settings}), exposed=True)
    assert isinstance(judge(looked.exposed), Pass)


async def test_secrets_in_a_file_are_told_by_their_kinds(search: Search) -> None:
    text = f"APP_ENV=live\nSTRIPE_KEY={secret_shapes.stripe()}\nDB={secret_shapes.database_url()}\n"
    looked = await search(Portal({"/": START, "/.env": File(text, TEXT)}), exposed=True)
    verdict = judge(looked.exposed)
    assert isinstance(verdict, Fail)
    (file,) = looked.exposed.files
    assert len(file.secrets) == 2
    assert {place.line for secret in looked.exposed.search.secrets for place in secret.places} == {2, 3}
    assert secret_shapes.stripe() not in repr(looked.exposed) + looked.journal


async def test_a_copy_of_a_program_that_runs_is_found(search: Search) -> None:
    start = File('<!doctype html><title>Crates</title><a href="/pay/order.php">Order</a>')
    source = File("<?php\n$total = order($_GET['id']);\n", "application/octet-stream")
    files = {"/": start, "/pay/order.php": File("<!doctype html><p>Order</p>"), "/pay/order.php.old": source}
    (file,) = (await search(Portal(files), exposed=True)).exposed.files
    assert file.url.endswith("/pay/order.php.old")
