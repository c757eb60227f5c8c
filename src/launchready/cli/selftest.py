"""`launchready selftest`: play a new member of staff in a clean browser, and say yes or no."""

import asyncio
import sys
from pathlib import Path

import click

from launchready.cli import EXIT_INTERRUPTED, EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY
from launchready.cli._running import emit
from launchready.errors import UsageError

EXIT_CODES = {"yes": EXIT_READY, "no": EXIT_NOT_READY, "not proven": EXIT_NOT_PROVEN}


@click.command()
@click.argument("portal", required=False, metavar="[launchready.toml]")
@click.option(
    "--identity", default="", metavar="NAME", help="The [[identity]] to play; the only one by default."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "html", "json")),
    default="terminal",
    show_default=True,
    help="How to say it.",
)
@click.option(
    "--active",
    is_flag=True,
    help="Use the consent of [scope]: have a password reset sent to this identity, and see it arrive.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write it to this file instead of stdout.")
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".launchready/runs"),
    show_default=True,
    help="Where run folders go.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    portal: str | None,
    identity: str,
    form: str,
    *,
    active: bool,
    output: Path | None,
    runs: Path,
) -> None:
    """Play a new member of staff in a clean browser: sign in, work, and meet nothing that should not be there.

    Walks the [[flow]] sections of the identity, or the main navigation where there are none. Ends with 0 for yes, 1 for
    no, 3 where something could not be looked at.
    """
    from launchready.site import read_site

    portal = portal or "launchready.toml"
    if not Path(portal).exists():
        raise UsageError(f"there is no portal file {portal}; `launchready init` writes one")
    from launchready.selftest import render, self_test

    done = asyncio.run(self_test(read_site(portal), identity, runs=runs, active=active))
    emit(render(done, form, color=output is None and sys.stdout.isatty()), output)
    if done.run.interrupted:
        click.echo(f"interrupted; what was seen is in {done.folder}", err=True)
        ctx.exit(EXIT_INTERRUPTED)
    ctx.exit(EXIT_CODES[done.answer])
