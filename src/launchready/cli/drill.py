"""`launchready drill`: an exercise that is measured."""

import sys
from pathlib import Path

import click

from launchready.cli import EXIT_INTERRUPTED, EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY
from launchready.errors import UsageError

_CHECKS = ("email/delivery", "email/consistency")


@click.group()
def command() -> None:
    """Have the portal do something for real, and measure what comes of it."""


@command.command()
@click.argument("portal", required=False, metavar="[launchready.toml]")
@click.option(
    "--by-hand",
    is_flag=True,
    help="Show what to have sent by hand, each with an address and tag of its own, and wait for it.",
)
@click.option(
    "--patience",
    type=click.FloatRange(1, 86_400),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for what is sent by hand.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "markdown", "json")),
    default="terminal",
    show_default=True,
    help="How to say it.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write it to this file instead of stdout.")
@click.option("--no-browser", is_flag=True, help="Leave the browser out; recipes of steps are not done.")
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".launchready/runs"),
    show_default=True,
    help="Where run folders go.",
)
def mail(  # noqa: PLR0917 -- click hands over what the command line has
    portal: str | None,
    by_hand: bool,  # noqa: FBT001
    patience: float,
    form: str,
    output: Path | None,
    no_browser: bool,  # noqa: FBT001
    runs: Path,
) -> int:
    """Have the portal send its mails to every [[mailbox]], and see where and how they arrive.

    Password resets are asked for as the test identity whose mailbox it is; other mails as their [[mail]] sections say, or
    by hand. Nothing is sent on purpose unless [scope] has active = true and authorised_by. The mailboxes stay as they
    were: nothing is marked as read, nothing is deleted.

    Ends with 0 where every mail arrived as it should, with 1 where one did not, with 3 where that could not be told.
    """
    portal = portal or "launchready.toml"
    if not Path(portal).exists():
        raise UsageError(f"there is no portal file {portal}; `launchready init` writes one")
    import os

    from launchready.cli._running import emit, perform
    from launchready.engine import fact_kinds
    from launchready.evidence.letters import MailDrill
    from launchready.mail_table import is_good, mail_table
    from launchready.report import Setting
    from launchready.report.mail import render
    from launchready.site import read_site
    from launchready.wire.hands import Hands

    site = read_site(portal)
    hands = Hands(lambda what: click.echo(f"please {what}", err=True), patience) if by_hand else None
    active = site.scope.active and bool(site.scope.authorised_by)
    done = perform(
        site, rows=(), checks=_CHECKS, active=active, no_browser=no_browser, runs=runs, hands=hands
    )
    drill = done.folder.load(fact_kinds()).get(MailDrill)
    table = mail_table(drill if isinstance(drill, MailDrill) else MailDrill(gaps=(drill,) if drill else ()))
    colour = output is None and sys.stdout.isatty()
    setting = Setting.of_stream(sys.stdout, os.environ) if colour else Setting()
    emit(render(table, done.report.portal, form, setting), output)
    if done.report.run.interrupted:
        click.echo(f"interrupted; what was seen is in {done.folder.path}", err=True)
        return EXIT_INTERRUPTED
    return {True: EXIT_READY, False: EXIT_NOT_READY, None: EXIT_NOT_PROVEN}[is_good(table)]
