"""One audit from start to finish, and judging what an earlier one left."""

import asyncio
import io
import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from launchready.checks import all_checks, all_rows
from launchready.collect.reach.sources import check_files
from launchready.engine import Facts, Progress, fact_kinds, gather
from launchready.errors import StoreError, UsageError
from launchready.evidence import Missing
from launchready.evidence.browser import BrowserLook
from launchready.evidence.said import Declared, Run
from launchready.evidence.store import RunFolder
from launchready.judging import judge
from launchready.scorecard import Report, to_json
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.gate import Touch
from launchready.wire.hands import Hands


def consent(site: Site, *, active: bool, today: date) -> Touch:
    """The highest touch allowed: reading; signing in where the portal file says as whom; more where it authorises it.

    Raises:
        UsageError: more was asked for than the portal file authorises.
    """
    if not active:
        return Touch.SIGN_IN if site.identities or site.mailboxes else Touch.READ
    scope = site.scope
    if not scope.active or not scope.authorised_by:
        raise UsageError("--active needs active = true and authorised_by in [scope] of the portal file")
    if scope.expires is not None and scope.expires < today:
        raise UsageError(f"--active: the consent in [scope] expired on {scope.expires}")
    return Touch.PROBE


async def audit(
    site: Site,
    *,
    runs: Path,
    checks: tuple[str, ...] = (),
    active: bool = False,
    browser: bool = True,
    hands: Hands | None = None,
    progress: Progress = lambda *_: None,
) -> tuple[RunFolder, Report]:
    """Look at a portal, keep what was seen under `runs`, and judge it.

    When the task is cancelled (Ctrl-C), what was collected so far is kept and judged, and the report says so.

    Args:
        site: the portal.
        runs: folder in which the run gets its own folder.
        checks: ids of the only checks to make; empty means all.
        active: use the consent of the portal file.
        browser: look with a browser too.
        hands: somebody who is there.
        progress: told which facts are being collected.

    Raises:
        UsageError: consent was asked for that the portal file does not give, or a file that it names cannot be used.
        StoreError: the run folder cannot be written.
    """
    check_files(site)
    started = datetime.now(UTC)
    touch = consent(site, active=active, today=started.date())
    run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    folder = RunFolder.create(runs, run_id)
    chosen = [check for check in all_checks() if not checks or check.id in checks]
    facts: Facts = {Declared: site.declared()}
    if not browser:
        facts[BrowserLook] = Missing(
            Cause.NOT_COLLECTED, "the browser was left out of this run", "run the audit without --no-browser"
        )
    interrupted = False
    with open_journal(folder) as journal:
        async with Wire(
            site, consent=touch, journal=journal, attach=folder.attach, browser=browser, hands=hands
        ) as wire:
            try:
                if touch > Touch.SIGN_IN:
                    await wire.require_control()
                await gather(wire, site, chosen, facts, progress)
            except asyncio.CancelledError:
                interrupted = True
    facts[Run] = Run(
        run_id, stamp(started), stamp(datetime.now(UTC)), site.scope_hosts, str(touch), checks, interrupted
    )
    folder.save(facts.items())
    report = judge(facts, all_rows(), all_checks())
    folder.write("report.json", to_json(report))
    return folder, report


def judge_folder(path: Path) -> tuple[RunFolder, Report]:
    """Judge a stored run from its evidence alone.

    Raises:
        StoreError: the folder is no run, or cannot be read.
    """
    folder = RunFolder(path)
    facts = folder.load(fact_kinds())
    if not isinstance(facts.get(Run), Run) or not isinstance(facts.get(Declared), Declared):
        raise StoreError(f"{path / 'evidence.json'} does not say which run and which portal it is about")
    return folder, judge(facts, all_rows(), all_checks())


def stamp(moment: datetime) -> str:
    """A time as evidence holds it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def open_journal(folder: RunFolder) -> TextIO:
    """The journal of a run, to be written.

    Raises:
        StoreError: it cannot be.
    """
    try:
        # Unbuffered: a full disk is told when a line is written, not once more when the file is closed.
        raw = (folder.path / "journal.jsonl").open("wb", buffering=0)
        return io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    except OSError as error:
        raise StoreError(f"cannot write {folder.path / 'journal.jsonl'}: {error.strerror}") from error
