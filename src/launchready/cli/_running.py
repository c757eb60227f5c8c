"""What the commands that run an audit have in common: options, progress, output, exit code."""

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from launchready.cli import EXIT_INTERRUPTED, EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY
from launchready.errors import UsageError

FORMATS = ("terminal", "json", "html", "markdown", "junit", "sarif")
EXIT_CODES = {"ready": EXIT_READY, "not-ready": EXIT_NOT_READY, "not-proven": EXIT_NOT_PROVEN}


def audit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The flags of every command that audits."""
    for option in reversed(
        (
            click.option("--row", "rows", multiple=True, metavar="R", help="Only this row; can be repeated."),
            click.option(
                "--check", "checks", multiple=True, metavar="C", help="Only this check; can be repeated."
            ),
            *output_options,
            click.option(
                "--active",
                is_flag=True,
                help="Use the consent of [scope]: look also at what is not read-only.",
            ),
            click.option(
                "--no-browser", is_flag=True, help="Leave the browser out; what only it can see is unknown."
            ),
            click.option(
                "--runs",
                type=click.Path(path_type=Path, file_okay=False),
                default=Path(".launchready/runs"),
                show_default=True,
                help="Where run folders go.",
            ),
        )
    ):
        command = option(command)
    return command


output_options = (
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="terminal",
        show_default=True,
        help="How to say it.",
    ),
    click.option(
        "--output", type=click.Path(path_type=Path), help="Write it to this file instead of stdout."
    ),
)


def chosen_checks(rows: tuple[str, ...], checks: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that --row and --check choose; empty where neither is given."""
    from launchready.checks import all_checks, all_rows

    ids = [check.id for check in all_checks()]
    row_names = [row.name for row in all_rows()]
    for asked, known, noun in ((rows, row_names, "row"), (checks, ids, "check")):
        for name in asked:
            if name not in known:
                raise UsageError(
                    f"there is no {noun} {name!r}{_nearest(name, known)}; see `launchready checks`"
                )
    chosen = tuple(i for i in ids if i in checks or i.partition("/")[0] in rows)
    if rows and not chosen:
        raise UsageError(f"row {rows[0]!r} has no checks yet; nothing would be looked at")
    return chosen


def _nearest(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def emit(data: bytes, output: Path | None) -> None:
    """Write a rendered report to a file or to stdout."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {(error.strerror or 'failed').lower()}") from error


@contextlib.contextmanager
def shown_progress() -> Iterator[Callable[[str, str], None]]:
    """A line on stderr for what is being collected, only where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _name, _stage: None
        return
    from rich.console import Console

    busy: list[str] = []
    console = Console(stderr=True)
    with console.status("starting") as status:

        def show(name: str, stage: str) -> None:
            (busy.remove if stage == "over" else busy.append)(name)
            status.update("looking: " + ", ".join(busy) if busy else "judging")

        yield show


class Done(NamedTuple):
    """An audit that ran: its folder and its report."""

    folder: Any
    report: Any

    @property
    def exit_code(self) -> int:
        """The exit code of the contract."""
        return EXIT_INTERRUPTED if self.report.run.interrupted else EXIT_CODES[self.report.verdict]


def perform(
    site: Any,
    *,
    rows: tuple[str, ...],
    checks: tuple[str, ...],
    active: bool,
    no_browser: bool,
    runs: Path,
    hands: Any = None,
) -> Done:
    """Audit a portal; the run folder gets report.json and report.html."""
    chosen = chosen_checks(rows, checks)
    from launchready.audit import audit
    from launchready.report import render

    with shown_progress() as progress:
        folder, report = asyncio.run(
            audit(
                site,
                runs=runs,
                checks=chosen,
                active=active,
                browser=not no_browser,
                hands=hands,
                progress=progress,
            )
        )
    folder.write("report.html", render(report, "html", folder.path))
    return Done(folder, report)


def show(done: Done, form: str, output: Path | None) -> None:
    """Render the report in one form, to a file or to stdout."""
    from launchready.report import render

    emit(render(done.report, form, done.folder.path, color=output is None and sys.stdout.isatty()), output)
    if done.report.run.interrupted:
        click.echo(f"interrupted; what was collected is in {done.folder.path}", err=True)


def keep_copy(done: Done, name: str, target: Path) -> Path:
    """Copy one file of the run folder to where the user is."""
    emit((done.folder.path / name).read_bytes(), target)
    return target
