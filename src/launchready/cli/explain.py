"""`launchready explain CHECK`: the check's own words."""

import click

from launchready.cli._running import chosen_checks


@click.command()
@click.argument("check")
def command(check: str) -> None:
    """Say what a check asks, why it matters, how to mend it, and what it makes of some examples."""
    from launchready.checks import all_checks
    from launchready.report.explain import explain

    chosen_checks((), (check,))
    found = next(each for each in all_checks() if each.id == check)
    click.echo(explain(found), nl=False)
