"""`launchready secrets`: keep secrets out of the repository, and get those that leaked replaced."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from launchready.cli import EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY
from launchready.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from launchready.guard import Leak
    from launchready.scorecard import Report

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def command() -> None:
    """Keep secrets out of the repository, and replace those that leaked."""


@command.command()
@click.option("--range", "span", metavar="A..B", help="Look at what these commits brought, as in CI.")
@click.option("--all", "everything", is_flag=True, help="Look at every file that git keeps.")
@click.option("--baseline", type=FILE, help="Secrets that are known already and hold up nothing.")
@click.option(
    "--update-baseline", is_flag=True, help="Write what is found into the baseline instead of failing."
)
@click.option(
    "--portal-file",
    type=FILE,
    default=Path("launchready.toml"),
    show_default=True,
    help="Whose [[waiver]] entries count; need not be there.",
)
def guard(
    *, span: str | None, everything: bool, baseline: Path | None, update_baseline: bool, portal_file: Path
) -> int:
    """Look for secrets in what is staged for the next commit, before it is made.

    As a pre-commit hook it takes about half a second. A secret that is accepted has an entry in the baseline, or a
    [[waiver]] of secrets/history or secrets/tree in the portal file: with an owner, a reason and an end.

    Ends with 0 when there is no secret, with 1 when there is, and with 3 when something could not be read.
    """
    if span and everything:
        raise UsageError("give either --range A..B or --all, not both")
    if update_baseline and baseline is None:
        raise UsageError("--update-baseline needs --baseline FILE")
    from launchready.guard import between, kept, look, repository_here, staged

    repository = repository_here()
    files = between(repository, span) if span else (kept if everything else staged)(repository)
    seen = look(repository, files)
    leaks: tuple[Leak, ...] = seen.leaks
    if baseline is not None:
        from launchready.guard.baseline import Baseline, read

        known = read(baseline) if baseline.exists() or not update_baseline else Baseline()
        leaks = tuple(leak for leak in leaks if not known.holds(leak))
        if update_baseline:
            known.with_added(leaks).write(baseline)
            click.echo(f"{baseline}: {len(leaks)} new; each of them still has to be replaced")
            leaks = ()
    leaks = _unwaived(leaks, portal_file)
    for leak in leaks:
        click.echo(str(leak))
    for gap in seen.gaps:
        click.echo(f"{gap.where}: not looked at: {gap.why.detail}; {gap.why.settle_by}", err=True)
    if leaks:
        count = "1 secret" if len(leaks) == 1 else f"{len(leaks)} secrets"
        click.echo(
            f"{count}: take them out and read them from the environment; one that was pushed anywhere must be replaced",
            err=True,
        )
        return EXIT_NOT_READY
    return EXIT_NOT_PROVEN if seen.gaps else EXIT_READY


def _unwaived(leaks: "tuple[Leak, ...]", portal_file: Path) -> "tuple[Leak, ...]":
    """The leaks that no waiver in force accepts. The portal file is read only where there are leaks: that is slow."""
    if not leaks or not portal_file.exists():
        return leaks
    from datetime import UTC, datetime

    from launchready.site import read_site

    today = datetime.now(UTC).date()
    accepted = {
        each.subject
        for each in read_site(str(portal_file)).waivers
        if each.check in ("secrets/history", "secrets/tree") and each.until >= today
    }
    return leaks if not accepted else tuple(leak for leak in leaks if not _in(leak, accepted))


def _in(leak: "Leak", accepted: "Iterable[str]") -> bool:
    return any(subject in ("*", leak.subject) for subject in accepted)


@command.command("rotate-list")
@click.argument("run", required=False, metavar="[RUN | launchready.toml]", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "markdown", "json")),
    default="terminal",
    show_default=True,
    help="How to say it.",
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".launchready/runs"),
    show_default=True,
    help="Where run folders go, and the newest is taken from.",
)
def rotate_list(*, run: Path | None, form: str, runs: Path) -> int:
    """List the secrets that were found, in the order in which to replace them, with where and how.

    RUN is a run folder; by default the newest one. With a portal file the row secrets is audited first. A secret is closed
    when it was replaced and the portal file says so under [[rotated]], or when its provider was asked and refuses it;
    taking it out of the files closes nothing.

    Ends with 0 when none is left to replace, with 1 when some are, and with 3 when not all could be looked at.
    """
    import msgspec

    from launchready.report import rotate_list as listing
    from launchready.secret_table import CLOSED

    table = _report(run, runs).secrets
    if table is None:
        click.echo("this run did not look for secrets; audit with --row secrets", err=True)
        return EXIT_NOT_PROVEN
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(table), indent=2).decode())
    else:
        click.echo((listing.terminal if form == "terminal" else listing.markdown)(table), nl=False)
    if any(row.state in ("open", "live") for row in table.secrets):
        return EXIT_NOT_READY
    unsure = table.unread or any(row.state not in CLOSED for row in table.secrets)
    return EXIT_NOT_PROVEN if unsure else EXIT_READY


def _report(run: Path | None, runs: Path) -> "Report":
    """The report of a run folder, of the newest run, or of an audit made now."""
    from launchready.audit import judge_folder

    if run is not None and not run.is_dir():
        from launchready.cli._running import perform
        from launchready.site import read_site

        site = read_site(str(run))
        done = perform(site, rows=("secrets",), checks=(), active=False, no_browser=True, runs=runs)
        report: Report = done.report
        return report
    if run is None:
        stored = max(runs.glob("*/evidence.json"), key=lambda each: each.stat().st_mtime_ns, default=None)
        if stored is None:
            raise UsageError(f"there is no run in {runs}; audit first, or name a portal file")
        run = stored.parent
    return judge_folder(run)[1]
