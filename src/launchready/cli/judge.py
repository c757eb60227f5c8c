"""`launchready judge`: judge a stored run again, without visiting the portal, or compare two runs."""

import sys
from pathlib import Path

import click

from launchready.cli._running import EXIT_CODES, emit, output_options
from launchready.errors import UsageError


@click.command()
@click.argument("run", type=click.Path(path_type=Path), required=False)
@click.option(
    "--diff",
    "pair",
    type=click.Path(path_type=Path),
    nargs=2,
    metavar="OLD NEW",
    help="Compare two run folders.",
)
@output_options[0]
@output_options[1]
@click.pass_context
def command(
    ctx: click.Context, run: Path | None, pair: tuple[Path, Path] | None, form: str, output: Path | None
) -> None:
    """Judge a stored run again from its evidence; the report comes out the same, byte for byte."""
    from launchready.audit import judge_folder
    from launchready.report import render, render_diff
    from launchready.scorecard import to_json

    color = output is None and sys.stdout.isatty()
    if pair:
        if run is not None:
            raise UsageError("give either one RUN or --diff OLD NEW, not both")
        if form not in ("terminal", "json"):
            raise UsageError(f"a comparison can be said as terminal or json, not {form}")
        old, new = (judge_folder(path)[1] for path in pair)
        emit(render_diff(old, new, form, color=color), output)
        ctx.exit(EXIT_CODES[new.verdict])
    if run is None:
        raise UsageError("give a run folder, for example .launchready/runs/<run>")
    folder, report = judge_folder(run)
    stored = folder.path / "report.json"
    if not stored.exists():
        folder.write("report.json", to_json(report))
    elif stored.read_bytes() != to_json(report):
        click.echo(f"launchready: this judgement differs from the stored {stored}", err=True)
    emit(render(report, form, folder.path, color=color), output)
    ctx.exit(EXIT_CODES[report.verdict])
