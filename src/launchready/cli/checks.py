"""`launchready checks`: list every check."""

import json

import click


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "json")),
    default="terminal",
    show_default=True,
    help="How to say it.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def command(form: str) -> None:
    """List every check of the scorecard, row by row; rows without checks are said to have none yet."""
    from launchready.checks import all_checks, all_rows

    checks = all_checks()
    if form == "json":
        rows = {row.name: row.row for row in all_rows()}
        listed = [
            {"check": c.id, "row": c.row, "risk": c.risk, "gate": rows[c.row].gated_by(c.id), "asks": c.asks}
            for c in checks
        ]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for row in all_rows():
        gate = " (gate)" if row.row.gates else ""
        click.echo(f"{row.name}{gate}: {row.title}")
        mine = [check for check in checks if check.row == row.name]
        for check in mine:
            click.echo(f"  {check.id:24} {check.risk:8} {check.asks}")
        if not mine:
            click.echo("  no checks yet: this row is unknown in every report")
